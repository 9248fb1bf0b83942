package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.backend.KvFormat;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and values in a byte each. */
class QuantizedCacheTests {
  private static final int TOKENS = 200;

  @TempDir private Path folder = Path.of(".");
  private Path path = folder;
  private int[] prompt = {};

  @BeforeEach
  void writeModel() {
    path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "qwen3moe", 2, 256, 8, 2, "f32", 7);
    prompt = new Random(5).ints(TOKENS, 0, 40_000).toArray();
  }

  @Test
  void logitsMoveByNoMoreThanRounding() {
    float[] exact = logits(options(KvFormat.F32));
    float[] half = logits(options(KvFormat.F16));
    float[] octets = logits(options(KvFormat.Q8_0));

    assertThat(distance(exact, half)).isLessThan(2e-3);
    assertThat(distance(exact, octets)).isBetween(1e-6, 2e-2);
  }

  @Test
  void vectorsComputeWhatTheReferenceDoes() {
    float[] fast = logits(options(KvFormat.Q8_0));
    float[] plain = logits(options(KvFormat.Q8_0).withBackend("cpu-scalar"));

    assertThat(distance(plain, fast)).isLessThan(1e-3);
  }

  @Test
  void onePositionAtATimeGivesTheSame() {
    float[] whole = logits(options(KvFormat.Q8_0));
    try (var model = LanguageModel.load(path, options(KvFormat.Q8_0));
        var session = model.newSession()) {
      for (int token : prompt) {
        session.append(new int[] {token});
      }

      assertThat(session.logits()).isEqualTo(whole);
    }
  }

  @Test
  void itTakesNineSixteenthsOfTheMemoryOfHalfFloats() {
    try (var half = LanguageModel.load(path, options(KvFormat.F16));
        var octets = LanguageModel.load(path, options(KvFormat.Q8_0))) {
      assertThat(16 * octets.cacheBytesPerToken()).isEqualTo(9 * half.cacheBytesPerToken());
    }
  }

  @Test
  void headsThatDoNotFillBlocksAreRefused() {
    var tiny = folder.resolve("tiny.gguf");
    Objects.requireNonNull(FamilyVariants.all().get("qwen3-tied")).get().write(tiny);

    assertThatThrownBy(() -> LanguageModel.load(tiny, options(KvFormat.Q8_0)))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("need heads of a multiple of 32 numbers, not 16");
    assertThatThrownBy(() -> EngineOptions.defaults().withCacheFormat("q4_0"))
        .hasMessageContaining("f16, f32 or q8_0, not q4_0");
  }

  private static EngineOptions options(KvFormat format) {
    return EngineOptions.defaults().withThreads(2).withContextTokens(256).withKvFormat(format);
  }

  private float[] logits(EngineOptions options) {
    try (var model = LanguageModel.load(path, options);
        var session = model.newSession()) {
      session.append(prompt);
      return session.logits();
    }
  }

  /** Root of the squares of the differences, over that of the numbers. */
  private static double distance(float[] exact, float[] other) {
    double squares = 0;
    double all = 0;
    for (int i = 0; i < exact.length; i++) {
      squares += ((double) exact[i] - other[i]) * ((double) exact[i] - other[i]);
      all += (double) exact[i] * exact[i];
    }
    return Math.sqrt(squares / all);
  }
}
