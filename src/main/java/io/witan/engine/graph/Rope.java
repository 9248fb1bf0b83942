package io.witan.engine.graph;

import org.jspecify.annotations.Nullable;

/**
 * A rotation of queries and keys by position (RoPE; Su et al. 2021).
 *
 * <p>Pair {@code i} turns by {@code position · scale[i] · base^(-2i/dimensions) / factor[i]}, where
 * the scale is {@code positionScale}, or between that and 1 as {@code ramp} says.
 *
 * @param pairing which two numbers of a head turn together
 * @param dimensions numbers of a head that turn, even; the rest stays
 * @param base the frequency base
 * @param positionScale multiplies the position (linear scaling: 1 / factor)
 * @param magnitude multiplies cosine and sine (1 unless the file says otherwise)
 * @param ramp which pairs keep more of their frequency than {@code positionScale}, or null for none
 * @param factors vector of {@code dimensions / 2} divisors of the frequencies, or null
 */
public record Rope(
    Pairing pairing,
    int dimensions,
    float base,
    float positionScale,
    float magnitude,
    @Nullable Ramp ramp,
    @Nullable Matrix factors) {

  public Rope {
    if (dimensions <= 0 || dimensions % 2 != 0) {
      throw new IllegalArgumentException("RoPE dimensions must be even: " + dimensions);
    }
  }

  /** What multiplies the position for this pair. */
  public double scaleOf(int pair) {
    double kept = ramp == null ? 0 : ramp.keptBy(pair);
    return positionScale * (1 - kept) + kept;
  }

  /**
   * Fast pairs keep their frequency, slow ones do not, and those between mix (YaRN; Peng et al.
   * 2023, §3.2; the ramp runs over pairs as in its published code).
   *
   * @param first the first pair that gives something up
   * @param last the first pair that keeps nothing
   * @param strength what fast pairs keep, 1 for all
   */
  public record Ramp(float first, float last, float strength) {
    private static final float SHORTEST = 0.001f;

    /** How much of its frequency a pair keeps. */
    double keptBy(int pair) {
      double along = (pair - first) / Math.max(SHORTEST, last - first);
      return strength * (1 - Math.clamp(along, 0.0, 1.0));
    }
  }

  /** Which two numbers of a head turn together. */
  public enum Pairing {
    /** Neighbours: (2i, 2i + 1). */
    ADJACENT,
    /** Halves: (i, i + dimensions/2), as in GPT-NeoX. */
    HALVES
  }
}
