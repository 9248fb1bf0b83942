package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.backend.KvFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and values in a byte each, on the device. */
class TornadoCacheTests {
  /** More than a page of positions. */
  private static final int TOKENS = 70;

  private static final int[] NEXT = {101, 17};

  @TempDir private Path folder = Path.of(".");

  @Test
  void logitsAreThoseOfTheProcessor() {
    var path = model();
    float[] exact = logits(path, "cpu-scalar", KvFormat.F32);
    float[] expected = logits(path, "cpu-scalar", KvFormat.Q8_0);

    float[] actual = logits(path, "tornado", KvFormat.Q8_0);

    assertThat(distance(expected, actual)).isLessThan(1e-3);
    // rounding chooses other experts here and there
    assertThat(distance(exact, actual)).isBetween(2e-3, 0.2);
  }

  /** The kernels change with an adapter; what was kept goes along. */
  @Test
  void whatIsKeptGoesAlongWhenAnAdapterComes() {
    var path = model();
    var adapter =
        AdapterFiles.write(path, folder.resolve("adapter.gguf"), List.of("blk.0.attn_qkv"), 1);
    float[] expected = afterAnAdapterCame(path, adapter, "cpu");

    float[] actual = afterAnAdapterCame(path, adapter, "tornado");

    assertThat(distance(expected, actual)).isLessThan(1e-3);
  }

  @Test
  void headsThatDoNotFillBlocksAreRefused() {
    var tiny = folder.resolve("tiny.gguf");
    FamilyVariants.write("qwen3-tied", tiny);

    assertThatThrownBy(() -> LanguageModel.load(tiny, options("tornado", KvFormat.Q8_0)))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("need heads of a multiple of 32 numbers, not 16");
  }

  private Path model() {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "dbrx", 2, 256, 4, 2, "f32", 3);
    return path;
  }

  private static float[] afterAnAdapterCame(Path path, Path adapter, String backend) {
    try (var model = LanguageModel.load(path, options(backend, KvFormat.Q8_0));
        var session = model.newSession()) {
      session.append(prompt());
      try (var coming = model.loadAdapter(adapter)) {
        assertThat(coming.matrices()).isEqualTo(1);
        for (int token : NEXT) {
          session.advance(token);
        }
        return session.logits().clone();
      }
    }
  }

  private static float[] logits(Path path, String backend, KvFormat format) {
    try (var model = LanguageModel.load(path, options(backend, format));
        var session = model.newSession()) {
      session.append(prompt());
      for (int token : NEXT) {
        session.advance(token);
      }
      return session.logits().clone();
    }
  }

  private static int[] prompt() {
    return new Random(5).ints(TOKENS, 0, 40_000).toArray();
  }

  private static EngineOptions options(String backend, KvFormat format) {
    return EngineOptions.defaults()
        .withThreads(2)
        .withBackend(backend)
        .withContextTokens(128)
        .withCacheTokens(128)
        .withKvFormat(format);
  }

  /** Root of the squares of the differences, over that of the numbers. */
  private static double distance(float[] exact, float[] other) {
    assertThat(other).hasSameSizeAs(exact);
    double squares = 0;
    double all = 0;
    for (int i = 0; i < exact.length; i++) {
      squares += ((double) exact[i] - other[i]) * ((double) exact[i] - other[i]);
      all += (double) exact[i] * exact[i];
    }
    return Math.sqrt(squares / all);
  }
}
