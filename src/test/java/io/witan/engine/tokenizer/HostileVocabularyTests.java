package io.witan.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vocabularies from strangers: they work or are refused with an {@link EngineException}, soon. The
 * seeds are fixed.
 */
class HostileVocabularyTests {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void tokenizersThatContradictThemselvesAreRefused() {
    refused(w -> w.strings("tokenizer.ggml.tokens", List.of("a")), "tokenizer.ggml.model");
    refused(w -> w.string("tokenizer.ggml.model", "gpt2"), "tokenizer.ggml.tokens");
    refused(w -> w.unsigned("tokenizer.ggml.model", 2), "not a string");
    refused(w -> pairs(w, List.of()).strings("tokenizer.ggml.merges", List.of()), "is empty");
    refused(w -> pairs(w, List.of("a")), "tokenizer.ggml.merges");
    refused(
        w -> pairs(w, List.of("a")).strings("tokenizer.ggml.merges", List.of("ab")), "two parts");
    refused(w -> pairs(w, List.of("a")).ints("tokenizer.ggml.merges", 1), "not strings");
    refused(w -> sound(w).ints("tokenizer.ggml.token_type"), "0 entries for 2 tokens");
    refused(w -> sound(w).unsigned("tokenizer.ggml.bos_token_id", 2), "the vocabulary has 2");
    refused(w -> sound(w).unsigned("tokenizer.ggml.eos_token_id", 4_000_000_000L), "out of range");
    refused(w -> sound(w).signed("tokenizer.ggml.eos_token_id", -7), "the vocabulary has 2");
    refused(w -> sound(w).flag("tokenizer.ggml.add_bos_token", true), "bos_token_id");
    refused(
        w ->
            sound(w)
                .strings("tokenizer.ggml.tokens", List.of("x".repeat(600), "b"))
                .ints("tokenizer.ggml.token_type", 3, 3),
        "over the limit of 512");
    refused(w -> pieces(w), "tokenizer.ggml.scores");
    refused(w -> pieces(w).floats("tokenizer.ggml.scores", 1), "1 entries for 3 tokens");
    refused(w -> pieces(w).floats("tokenizer.ggml.scores", 1, Float.NaN, 3), "not a number");
    refused(
        w ->
            pieces(w)
                .floats("tokenizer.ggml.scores", 1, 2, 3)
                .ints("tokenizer.ggml.token_type", 6, 1, 1),
        "not like <0x0A>");
  }

  @Test
  void vocabulariesThatWouldFillTheMemoryAreRefused() {
    var merges = IntStream.range(0, 150_000).mapToObj(i -> "x" + i + " y" + i).toList();
    refused(
        w -> pairs(w, List.of("a")).strings("tokenizer.ggml.merges", merges),
        "more than 262144 parts that are no tokens");
    var texts = IntStream.range(0, 4000).mapToObj(i -> i + "z".repeat(300)).toList();
    int[] special = new int[texts.size()];
    Arrays.fill(special, 4);
    refused(
        w ->
            pairs(w, texts)
                .strings("tokenizer.ggml.merges", List.of())
                .ints("tokenizer.ggml.token_type", special),
        "more than 1048576 characters");
    refused(
        w ->
            w.string("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.tokens", Collections.nCopies((1 << 20) + 1, "")),
        "over the limit of 1048576");
  }

  @Test
  void strangeVocabulariesTokenizeLongTextsSoon() {
    var random = new Random(99);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int round = 0; round < 30; round++) {
            var tokenizer = random(random, round % 2 == 0);
            for (String text : List.of("a".repeat(100_000), "ab ".repeat(30_000), "\uD800 \0￿")) {
              int[] ids = tokenizer.encode(text, true, true);
              tokenizer.decode(ids);
              var detokenizer = tokenizer.detokenizerWithControl();
              for (int i = 0; i < Math.min(1000, ids.length); i++) {
                detokenizer.accept(ids[i]);
              }
              detokenizer.finish();
            }
          }
        });
  }

  /** Vocabularies of random pieces of few letters, so that many of them overlap. */
  private Tokenizer random(Random random, boolean bytePairs) {
    var tokens = new ArrayList<String>();
    var merges = new ArrayList<String>();
    int size = 2 + random.nextInt(300);
    float[] scores = new float[size];
    int[] types = new int[size];
    for (int i = 0; i < size; i++) {
      String left = letters(random);
      String right = letters(random);
      tokens.add(left + right);
      merges.add(left + " " + right);
      scores[i] = random.nextInt(4) == 0 ? Float.POSITIVE_INFINITY : random.nextInt(3) - 1;
      types[i] = random.nextInt(5) == 0 ? 4 : 1;
    }
    return tokenizer(
        w ->
            (bytePairs ? pairs(w, tokens).strings("tokenizer.ggml.merges", merges) : w)
                .string("tokenizer.ggml.model", bytePairs ? "gpt2" : "llama")
                .strings("tokenizer.ggml.tokens", tokens)
                .floats("tokenizer.ggml.scores", scores)
                .ints("tokenizer.ggml.token_type", types));
  }

  private static String letters(Random random) {
    return "abĠ▁".substring(random.nextInt(3)).substring(0, 1).repeat(1 + random.nextInt(20));
  }

  private void refused(Consumer<GgufWriter> content, String cause) {
    assertThatThrownBy(
            () ->
                tokenizer(
                    writer -> {
                      content.accept(writer);
                      return writer;
                    }))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(cause);
  }

  private Tokenizer tokenizer(UnaryOperator<GgufWriter> content) {
    var path = folder.resolve("tokenizer.gguf");
    content.apply(new GgufWriter()).write(path);
    try (var file = GgufFile.open(path)) {
      return Tokenizer.of(file.metadata());
    }
  }

  private static GgufWriter pairs(GgufWriter writer, List<String> tokens) {
    return writer
        .string("tokenizer.ggml.model", "gpt2")
        .string("tokenizer.ggml.pre", "gpt-2")
        .strings("tokenizer.ggml.tokens", tokens);
  }

  private static GgufWriter sound(GgufWriter writer) {
    return pairs(writer, List.of("a", "b")).strings("tokenizer.ggml.merges", List.of("a b"));
  }

  private static GgufWriter pieces(GgufWriter writer) {
    return writer
        .string("tokenizer.ggml.model", "llama")
        .strings("tokenizer.ggml.tokens", List.of("a", "b", "c"));
  }
}
