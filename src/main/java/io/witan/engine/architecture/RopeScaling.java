package io.witan.engine.architecture;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import io.witan.engine.graph.Rope;
import org.jspecify.annotations.Nullable;

/**
 * How a model that was trained on short texts turns heads at later positions. The factors of Llama
 * 3.1 are not among it: they come as a tensor.
 *
 * @param positionScale multiplies positions
 * @param magnitude multiplies cosine and sine
 * @param originalContext positions of the training before it was made to reach further
 * @param ramp which pairs keep their frequency, or null for none
 */
public record RopeScaling(
    float positionScale, float magnitude, int originalContext, Rope.@Nullable Ramp ramp) {

  /**
   * Reads it.
   *
   * @param dimensions numbers of a head that turn
   * @param context positions of the training, if the file does not say it for scaling
   * @throws EngineException if it is of a kind that the engine lacks, or makes no sense
   */
  static RopeScaling read(
      GgufMetadata metadata, String architecture, int dimensions, float base, int context) {
    return new Reader(metadata, architecture + ".rope.", dimensions, base, context).read();
  }

  private record Reader(
      GgufMetadata metadata, String prefix, int dimensions, float base, int context) {
    /** Turns within the original context from which on a pair keeps its frequency. */
    private static final float FAST_TURNS = 32;

    /** Turns below which a pair keeps nothing of it. */
    private static final float SLOW_TURNS = 1;

    RopeScaling read() {
      // a factor without a type is linear
      String type = metadata.findString(prefix + "scaling.type").orElse("linear");
      float magnitude = positive("scaling.attn_factor", 1);
      return switch (type) {
        case "none" -> new RopeScaling(1, magnitude, original(), null);
        // its factors come as tensors
        case "linear", "longrope" -> new RopeScaling(1 / factor(), magnitude, original(), null);
        case "yarn" -> yarn(magnitude);
        default ->
            throw new EngineException.Unsupported(
                prefix
                    + "scaling.type "
                    + type
                    + " is not supported: none, linear, yarn, longrope");
      };
    }

    /** Peng et al. 2023: §3.2 for the frequencies, §3.4 for the magnitude. */
    private RopeScaling yarn(float magnitude) {
      float factor = factor();
      float strength = number("scaling.yarn_ext_factor", 1);
      if (strength == 0) {
        return new RopeScaling(1 / factor, magnitude, original(), null);
      }
      double first = Math.floor(pairThatTurns(positive("scaling.yarn_beta_fast", FAST_TURNS)));
      double last = Math.ceil(pairThatTurns(positive("scaling.yarn_beta_slow", SLOW_TURNS)));
      var ramp =
          new Rope.Ramp(
              (float) Math.max(0, first), (float) Math.min(dimensions - 1, last), strength);
      double cooled = factor <= 1 ? 1 : 1 + 0.1 * Math.log(factor);
      return new RopeScaling(1 / factor, (float) (magnitude * cooled), original(), ramp);
    }

    /** The pair, not rounded, that turns so many times within the original context. */
    private double pairThatTurns(float turns) {
      return dimensions * Math.log(original() / (turns * 2 * Math.PI)) / (2 * Math.log(base));
    }

    private int original() {
      String name = "scaling.original_context_length";
      int original = metadata.findInt(prefix + name).orElse(context);
      checked(name, original);
      return original;
    }

    /** By how much the context is longer than that of the training; 0 in a file means 1. */
    private float factor() {
      float old = number("scale_linear", 0);
      float factor = number("scaling.factor", old);
      return factor == 0 ? 1 : checked("scaling.factor", factor);
    }

    private float positive(String name, float otherwise) {
      return checked(name, number(name, otherwise));
    }

    private float number(String name, float otherwise) {
      return (float) metadata.findFloat(prefix + name).orElse(otherwise);
    }

    private float checked(String name, float value) {
      if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
        throw new EngineException.InvalidFile(prefix + name + " makes no sense: " + value);
      }
      return value;
    }
  }
}
