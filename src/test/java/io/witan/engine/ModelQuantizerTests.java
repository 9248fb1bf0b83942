package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelQuantizerTests {
  @TempDir private Path folder = Path.of(".");

  /** The fixtures were written by llama.cpp from the same numbers. */
  @ParameterizedTest
  @CsvSource({
    "dbrx-f32, dbrx-q8_0, q8_0",
    "dbrx-f32, dbrx-q4_0, q4_0",
    "llama-f32, llama-q8_0, q8_0",
    "llama-f32, llama-q4_0, q4_0",
    "llama-f32, llama-f16, f16",
    "mixtral-f32, mixtral-q8_0, q8_0"
  })
  void tensorsAreThoseOfThePeerToTheByte(String source, String expected, String format) {
    var out = folder.resolve("out.gguf");
    ModelQuantizer.quantize(Fixtures.path("models/" + source + ".gguf"), out, format, each -> {});

    int compared = 0;
    try (var own = GgufFile.open(out);
        var peer = GgufFile.open(Fixtures.path("models/" + expected + ".gguf"))) {
      for (var tensor : peer.tensors()) {
        var mine = own.tensor(tensor.name());
        if (mine.format() == tensor.format()) {
          compared++;
          assertThat(bytes(mine)).as(tensor.name()).isEqualTo(bytes(tensor));
        }
      }
      assertThat(compared).isGreaterThan(peer.tensors().size() / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q8_0", "q6_k", "q5_k", "q4_k", "q5_1", "q5_0", "q4_1", "q4_0", "bf16"})
  void whatItWritesRuns(String format) {
    var source = folder.resolve("source.gguf");
    SyntheticModels.write(source, "dbrx", 1, 256, 4, 2, "f32", 3);
    var out = folder.resolve("out.gguf");

    var reports = ModelQuantizer.quantize(source, out, format, each -> {});

    assertThat(reports).allMatch(report -> report.relativeError() < 0.12);
    int[] tokens = {5, 300, 7, 9000};
    float[] before = logits(source, tokens);
    float[] after = logits(out, tokens);
    assertThat(cosine(before, after)).isGreaterThan(0.97);
    assertThat(Files.exists(folder.resolve("out.gguf.part"))).isFalse();
  }

  @Test
  void metadataStayAsTheyAre() {
    var source = Fixtures.path("models/qwen2-f32.gguf");
    var out = folder.resolve("out.gguf");
    ModelQuantizer.quantize(source, out, "q8_0", each -> {});

    try (var before = GgufFile.open(source);
        var after = GgufFile.open(out)) {
      var keys = new ArrayList<>(before.metadata().keys());
      keys.removeAll(List.of("general.file_type", "general.quantization_version"));
      for (String key : keys) {
        assertThat(after.metadata().describe(key)).isEqualTo(before.metadata().describe(key));
      }
      assertThat(after.metadata().strings("tokenizer.ggml.tokens"))
          .isEqualTo(before.metadata().strings("tokenizer.ggml.tokens"));
    }
  }

  @Test
  void whatIsQuantizedAlreadyIsRefused() {
    var source = folder.resolve("source.gguf");
    SyntheticModels.write(source, "dbrx", 1, 256, 4, 2, "q8_0", 3);
    var out = folder.resolve("out.gguf");

    assertThatThrownBy(() -> ModelQuantizer.quantize(source, out, "q4_k", each -> {}))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("is Q8_0 already: quantize the original");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("out"));
  }

  @Test
  void aFormatThatCannotBeWrittenIsRefused() {
    var source = folder.resolve("source.gguf");
    SyntheticModels.write(source, "dbrx", 1, 256, 4, 2, "f32", 3);
    var out = folder.resolve("out.gguf");

    assertThatThrownBy(() -> ModelQuantizer.quantize(source, out, "q3_k", each -> {}))
        .hasMessageContaining("cannot write Q3_K; there are f32, f16");
    assertThatThrownBy(() -> ModelQuantizer.quantize(source, out, "q9", each -> {}))
        .hasMessageContaining("there is no format q9");
  }

  @Test
  void numbersThatAreNoneAreReportedWithTheirPlace() throws IOException {
    var source = folder.resolve("source.gguf");
    SyntheticModels.write(source, "dbrx", 1, 256, 4, 2, "f32", 3);
    long at;
    try (var file = GgufFile.open(source)) {
      var tensor = file.tensor("blk.0.attn_qkv.weight");
      at = tensor.data().address() - file.tensor("token_embd.weight").data().address();
      at += offsetOf(file.tensor("token_embd.weight"), source);
    }
    try (var channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(bytes.putFloat(0, Float.NaN), at + 4L * 256 * 3);
    }

    assertThatThrownBy(
            () -> ModelQuantizer.quantize(source, folder.resolve("out.gguf"), "q8_0", each -> {}))
        .hasMessageContaining("row 3 of blk.0.attn_qkv.weight holds NaN");
  }

  private static long offsetOf(GgufTensor first, Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[] start = first.data().asSlice(0, 64).toArray(ValueLayout.JAVA_BYTE);
    for (int at = 0; at < all.length - start.length; at += 32) {
      if (Arrays.equals(all, at, at + start.length, start, 0, start.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void perplexityOfAModelThatGuessesIsNearItsVocabulary() {
    var source = folder.resolve("source.gguf");
    SyntheticModels.write(source, "dbrx", 1, 256, 4, 2, "f32", 3);
    try (var model = LanguageModel.load(source, EngineOptions.defaults().withContextTokens(64))) {
      var found = Perplexity.of(model, List.of("The quick brown fox", "jumps over a dog"), 8);

      assertThat(found.tokens()).isBetween(20L, 35L);
      assertThat(found.value()).isBetween(10_000.0, 120_000.0);
      assertThatThrownBy(() -> Perplexity.of(model, List.of("a"), 8))
          .hasMessageContaining("nothing to predict");
    }
  }

  private static byte[] bytes(GgufTensor tensor) {
    return tensor.data().toArray(ValueLayout.JAVA_BYTE);
  }

  private static float[] logits(Path path, int[] tokens) {
    try (var model = LanguageModel.load(path, EngineOptions.defaults().withContextTokens(64));
        var session = model.newSession()) {
      session.append(tokens);
      return session.logits();
    }
  }

  private static double cosine(float[] a, float[] b) {
    assumeThat(a).hasSameSizeAs(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
