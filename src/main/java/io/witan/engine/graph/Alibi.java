package io.witan.engine.graph;

/**
 * Attention that looks less at what is far: a score sinks by the head's slope for each position in
 * between (ALiBi; Press et al. 2022, with the slopes of MPT for head counts that are no power of
 * two).
 */
public final class Alibi {
  private Alibi() {}

  /** The slope of each head; all 0 if {@code maxBias} is. */
  public static float[] slopes(int heads, float maxBias) {
    var slopes = new float[heads];
    if (maxBias > 0) {
      int whole = Integer.highestOneBit(heads);
      for (int head = 0; head < heads; head++) {
        double power =
            head < whole
                ? maxBias * (head + 1) / whole
                : maxBias / 2 * (2 * (head - whole) + 1) / whole;
        slopes[head] = (float) Math.pow(2, -power);
      }
    }
    return slopes;
  }
}
