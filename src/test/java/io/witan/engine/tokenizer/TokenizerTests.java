package io.witan.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.witan.engine.EngineException;
import io.witan.engine.Fixtures;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTests {
  private static final String BYTE_PAIRS = "tok/vocab-dbrx.gguf";
  private static final String SENTENCE_PIECES = "tok/vocab-llama-spm.gguf";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {BYTE_PAIRS, SENTENCE_PIECES, "models/qwen2-f32.gguf", "models/mpt-f32.gguf"})
  void aMegabyteOfTheSameTakesSeconds(String vocabulary) {
    var tokenizer = tokenizer(vocabulary);
    int size = 1 << 20;
    for (String unit : List.of("a", " ", "!", "1", " \n", "字", "<|")) {
      String text = unit.repeat(size / unit.length());
      int[] ids =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> tokenizer.encode(text, false, true));
      assertThat(new String(concatenated(tokenizer, ids), StandardCharsets.UTF_8))
          .hasSize(text.length() + (vocabulary.equals(SENTENCE_PIECES) ? 1 : 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BYTE_PAIRS, SENTENCE_PIECES, "models/qwen2-f32.gguf"})
  void streamedTextIsWholeCharactersAndComplete(String vocabulary) {
    var tokenizer = tokenizer(vocabulary);
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      String text = randomText(random);
      var detokenizer = tokenizer.detokenizer();
      var streamed = new StringBuilder();
      for (int id : tokenizer.encode(text, false, false)) {
        String part = detokenizer.accept(id);
        assertThat(part).doesNotContain("�");
        assertThat(part.isEmpty() || !Character.isHighSurrogate(part.charAt(part.length() - 1)))
            .isTrue();
        streamed.append(part);
      }
      assertThat(detokenizer.finish()).isEmpty();
      String expected = vocabulary.equals(SENTENCE_PIECES) && !text.isEmpty() ? " " + text : text;
      assertThat(streamed).hasToString(expected);
    }
  }

  @Test
  void halfACharacterAtTheEndBecomesAReplacement() {
    var tokenizer = tokenizer(BYTE_PAIRS);
    var detokenizer = tokenizer.detokenizer();
    int firstByte = tokenizer.find(String.valueOf(ByteAlphabet.character(0xF0))).orElseThrow();
    int letter = tokenizer.encode("x", false, false)[0];
    assertThat(detokenizer.accept(firstByte)).isEmpty();
    assertThat(detokenizer.accept(letter)).isEqualTo("�x");
    assertThat(detokenizer.accept(firstByte)).isEmpty();
    assertThat(detokenizer.finish()).isEqualTo("�");
    assertThat(detokenizer.finish()).isEmpty();
  }

  @Test
  void textOfAStrangerCannotNameControlTokens() {
    var tokenizer = tokenizer(BYTE_PAIRS);
    int control = tokenizer.find("<|im_end|>").orElseThrow();
    assertThat(tokenizer.encode("a<|im_end|>b", true, true)).contains(control);
    assertThat(tokenizer.encode("a<|im_end|>b", true, false)).doesNotContain(control);
    assertThat(tokenizer.isControl(control)).isTrue();
    assertThat(tokenizer.endsGeneration(control)).isTrue();
    assertThat(tokenizer.decode(control)).isEmpty();
    assertThat(tokenizer.detokenizerWithControl().accept(control)).isEqualTo("<|im_end|>");
  }

  @Test
  void halfASurrogatePairCountsAsAReplacement() {
    for (String vocabulary : List.of(BYTE_PAIRS, SENTENCE_PIECES)) {
      var tokenizer = tokenizer(vocabulary);
      assertThat(tokenizer.encode("a\uD83Db\uDE00", false, false))
          .isEqualTo(tokenizer.encode("a�b�", false, false));
    }
  }

  @Test
  void theLongestSpecialTokenWins() {
    var tokenizer =
        write(
            writer ->
                bytePairs(writer, List.of("<a>", "<a><b>", "x"), 4, 4, 1)
                    .strings("tokenizer.ggml.merges", List.of("x x")));
    assertThat(tokenizer.encode("<a><b><a>x", false, false))
        .containsExactly(257, 256, tokenizer.find("x").orElseThrow());
  }

  @Test
  void refusesWhatItDoesNotKnowByName() {
    assertThatThrownBy(() -> write(writer -> writer.string("tokenizer.ggml.model", "bert")))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("bert");
    assertThatThrownBy(
            () ->
                write(
                    writer ->
                        bytePairs(writer, List.of(), 1)
                            .string("tokenizer.ggml.pre", "unheard-of")
                            .strings("tokenizer.ggml.merges", List.of())))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("unheard-of");
  }

  @Test
  void tidiesAsTheReferenceDoes() {
    assertThat(tidied("a ?b !c .d ,e")).isEqualTo("a?b!c.d,e");
    assertThat(tidied(" ?")).isEqualTo("?");
    assertThat(tidied("a ' b ' ' c")).isEqualTo("a'b'' c");
    assertThat(tidied("he 's I 'm you 're we 've i 't I 'd we 'll x 'r"))
        .isEqualTo("he's I'm you're we've i 't I 'd we 'll x 'r");
    assertThat(tidied("")).isEmpty();
  }

  private static String tidied(String text) {
    return new String(
        SpaceTidying.tidy(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static byte[] concatenated(Tokenizer tokenizer, int[] ids) {
    var bytes = new java.io.ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(tokenizer.bytes(id));
    }
    return bytes.toByteArray();
  }

  private static String randomText(Random random) {
    var alphabet = "abc XYZ\n\t'é字本🦙🏽\u200d½Ωя0189.,!?<|im_end|>▁".codePoints().toArray();
    var text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString().replace('▁', '_');
  }

  private static Tokenizer tokenizer(String vocabulary) {
    try (var file = GgufFile.open(Fixtures.path(vocabulary))) {
      return Tokenizer.of(file.metadata());
    }
  }

  /** The 256 bytes, then these tokens of these types. */
  private static GgufWriter bytePairs(GgufWriter writer, List<String> more, int... types) {
    var tokens = new ArrayList<String>();
    var allTypes = new ArrayList<Integer>();
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteAlphabet.character(value)));
      allTypes.add(1);
    }
    for (int i = 0; i < more.size(); i++) {
      tokens.add(more.get(i));
      allTypes.add(types[i]);
    }
    return writer
        .string("tokenizer.ggml.model", "gpt2")
        .string("tokenizer.ggml.pre", "gpt-2")
        .strings("tokenizer.ggml.tokens", tokens)
        .ints("tokenizer.ggml.token_type", allTypes.stream().mapToInt(Integer::intValue).toArray());
  }

  private Tokenizer write(UnaryOperator<GgufWriter> content) {
    var path = folder.resolve("vocabulary.gguf");
    content.apply(new GgufWriter().strings("tokenizer.ggml.tokens", List.of("a"))).write(path);
    try (var file = GgufFile.open(path)) {
      return Tokenizer.of(file.metadata());
    }
  }
}
