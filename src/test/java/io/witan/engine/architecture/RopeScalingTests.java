package io.witan.engine.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.graph.Rope;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RopeScalingTests {
  private static final int HEAD = 128;

  @TempDir private Path folder = Path.of(".");

  @Test
  void withoutScalingNothingChanges() {
    assertThat(scaling(writer -> writer)).isEqualTo(new RopeScaling(1, 1, 2048, null));
    assertThat(scaling(writer -> type(writer, "none").real("llama.rope.scaling.factor", 4)))
        .isEqualTo(new RopeScaling(1, 1, 2048, null));
  }

  @Test
  void linearScalingDividesPositions() {
    var expected = new RopeScaling(0.25f, 1, 2048, null);
    assertThat(scaling(writer -> type(writer, "linear").real("llama.rope.scaling.factor", 4)))
        .isEqualTo(expected);
    assertThat(scaling(writer -> writer.real("llama.rope.scaling.factor", 4)))
        .as("of a file that gives no type")
        .isEqualTo(expected);
    assertThat(scaling(writer -> writer.real("llama.rope.scale_linear", 4)))
        .as("of an old file")
        .isEqualTo(expected);
  }

  /** Against the frequencies as Hugging Face's transformers blends them, written out again. */
  @ParameterizedTest
  @CsvSource({"1000000, 4, 32768", "10000, 16, 4096", "10000, 2, 2048", "150000, 32, 4096"})
  void yarnBlendsFrequencies(float base, float factor, int original) {
    var scaling =
        scaling(
            writer ->
                type(writer, "yarn")
                    .real("llama.rope.freq_base", base)
                    .real("llama.rope.scaling.factor", factor)
                    .unsigned("llama.rope.scaling.original_context_length", original));

    var rope = rope(base, scaling);
    double low =
        Math.max(
            Math.floor(HEAD * Math.log(original / (32 * 2 * Math.PI)) / (2 * Math.log(base))), 0);
    double high =
        Math.min(
            Math.ceil(HEAD * Math.log(original / (2 * Math.PI)) / (2 * Math.log(base))), HEAD - 1);
    for (int i = 0; i < HEAD / 2; i++) {
      double extrapolated = 1 / Math.pow(base, 2.0 * i / HEAD);
      double interpolated = 1 / (factor * Math.pow(base, 2.0 * i / HEAD));
      double ramp = Math.min(1, Math.max(0, (i - low) / (high - low)));
      double expected = interpolated * ramp + extrapolated * (1 - ramp);
      assertThat(rope.scaleOf(i) * extrapolated / expected)
          .as("pair %d", i)
          .isCloseTo(1, within(1e-6));
    }
    assertThat((double) scaling.magnitude()).isCloseTo(0.1 * Math.log(factor) + 1, within(1e-6));
  }

  /** What the paper asks for, whatever the ramp between. */
  @Test
  void yarnKeepsFastPairsAndInterpolatesSlowOnes() {
    var scaling =
        scaling(
            writer ->
                type(writer, "yarn")
                    .real("llama.rope.scaling.factor", 8)
                    .unsigned("llama.rope.scaling.original_context_length", 4096));
    var rope = rope(10_000, scaling);
    int kept = 0;
    int interpolated = 0;
    for (int i = 0; i < HEAD / 2; i++) {
      double turns = 4096 / (2 * Math.PI * Math.pow(10_000, 2.0 * i / HEAD));
      if (turns > 33) {
        assertThat(rope.scaleOf(i)).as("pair %d", i).isEqualTo(1);
        kept++;
      } else if (turns < 0.8) {
        assertThat(rope.scaleOf(i)).as("pair %d", i).isEqualTo(0.125);
        interpolated++;
      } else if (i > 0) {
        assertThat(rope.scaleOf(i)).as("pair %d", i).isBetween(0.125, rope.scaleOf(i - 1));
      }
    }
    assertThat(kept).isPositive();
    assertThat(interpolated).isPositive();
  }

  @Test
  void theFileMayChooseTheConstantsOfYarn() {
    var chosen =
        scaling(
            writer ->
                type(writer, "yarn")
                    .real("llama.rope.scaling.factor", 4)
                    .real("llama.rope.scaling.attn_factor", 0.5f)
                    .real("llama.rope.scaling.yarn_ext_factor", 0.75f)
                    .real("llama.rope.scaling.yarn_beta_fast", 16)
                    .real("llama.rope.scaling.yarn_beta_slow", 2));

    // pairs that turn 16 and 2 times in 2048 positions: 128 · ln(2048 / 2π turns) / (2 ln 10000)
    assertThat(chosen.ramp()).isEqualTo(new Rope.Ramp(20, 36, 0.75f));
    assertThat((double) chosen.magnitude()).isCloseTo(0.5 * (1 + 0.1 * Math.log(4)), within(1e-6));
    assertThat(rope(10_000, chosen).scaleOf(0)).isEqualTo(0.25 * 0.25 + 0.75);

    var linear =
        scaling(
            writer ->
                type(writer, "yarn")
                    .real("llama.rope.scaling.factor", 4)
                    .real("llama.rope.scaling.yarn_ext_factor", 0));
    assertThat(linear).isEqualTo(new RopeScaling(0.25f, 1, 2048, null));
  }

  @Test
  void aKindThatTheEngineLacksIsRefusedByName() {
    for (String kind : new String[] {"ntk", "dynamic"}) {
      assertThatThrownBy(() -> scaling(writer -> type(writer, kind)))
          .isInstanceOf(EngineException.Unsupported.class)
          .hasMessageContaining("llama.rope.scaling.type " + kind + " is not supported");
    }
  }

  @Test
  void aFactorThatMakesNoSenseIsRefused() {
    for (float factor : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> scaling(w -> type(w, "yarn").real("llama.rope.scaling.factor", factor)))
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining("llama.rope.scaling.factor makes no sense");
    }
  }

  private static Rope rope(float base, RopeScaling scaling) {
    return new Rope(
        Rope.Pairing.ADJACENT,
        HEAD,
        base,
        scaling.positionScale(),
        scaling.magnitude(),
        scaling.ramp(),
        null);
  }

  private static GgufWriter type(GgufWriter writer, String type) {
    return writer.string("llama.rope.scaling.type", type);
  }

  private RopeScaling scaling(UnaryOperator<GgufWriter> change) {
    var path = folder.resolve("sizes.gguf");
    change
        .apply(
            new GgufWriter()
                .string("general.architecture", "llama")
                .unsigned("llama.context_length", 2048)
                .unsigned("llama.embedding_length", 4 * HEAD)
                .unsigned("llama.block_count", 1)
                .unsigned("llama.feed_forward_length", 16)
                .unsigned("llama.attention.head_count", 4)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5f))
        .write(path);
    try (var file = GgufFile.open(path)) {
      return Hyperparameters.read(file.metadata()).ropeScaling();
    }
  }
}
