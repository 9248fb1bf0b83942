package io.witan.engine.graph;

import org.jspecify.annotations.Nullable;

/**
 * A rotation of queries and keys by position (RoPE; Su et al. 2021).
 *
 * <p>Pair {@code i} turns by {@code position · positionScale · base^(-2i/dimensions) / factor[i]}.
 *
 * @param pairing which two numbers of a head turn together
 * @param dimensions numbers of a head that turn, even; the rest stays
 * @param base the frequency base
 * @param positionScale multiplies the position (linear scaling: 1 / factor)
 * @param magnitude multiplies cosine and sine (1 unless the file says otherwise)
 * @param factors vector of {@code dimensions / 2} divisors of the frequencies, or null
 */
public record Rope(
    Pairing pairing,
    int dimensions,
    float base,
    float positionScale,
    float magnitude,
    @Nullable Matrix factors) {

  public Rope {
    if (dimensions <= 0 || dimensions % 2 != 0) {
      throw new IllegalArgumentException("RoPE dimensions must be even: " + dimensions);
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
