package io.witan.engine.sampling;

/** The tokens that may still be chosen, the likeliest first. */
final class CandidateSet {
  private static final int SORTED_AT_MOST = 1024;

  private final float[] logits;
  private final int[] tokens;
  private int size = -1;

  /**
   * @param tokens room for all of them
   */
  CandidateSet(float[] logits, int[] tokens) {
    this.logits = logits;
    this.tokens = tokens;
  }

  void keepMost(int count) {
    if (count > 0 && count <= SORTED_AT_MOST && count < logits.length) {
      int[] kept = Likeliest.of(logits, count);
      System.arraycopy(kept, 0, tokens, 0, kept.length);
      size = kept.length;
      while (size > 0 && logits[tokens[size - 1]] == Float.NEGATIVE_INFINITY) {
        size--;
      }
    } else {
      size = Likeliest.sort(logits, tokens);
      size = count > 0 ? Math.min(size, count) : size;
    }
    if (size == 0) {
      throw new IllegalArgumentException("no logit is a number");
    }
  }

  /** The fewest of the likeliest that together have at least this probability. */
  void keepProbability(float wanted) {
    if (wanted >= 1) {
      return;
    }
    double total = total(1);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weight(i, 1);
      if (sum >= wanted * total) {
        size = i + 1;
        return;
      }
    }
  }

  void keepFraction(float least) {
    int kept = 1;
    while (kept < size && weight(kept, 1) >= least) {
      kept++;
    }
    size = least > 0 ? kept : size;
  }

  /**
   * Chooses one by its probability.
   *
   * @param point from 0 inclusive to 1 exclusive
   */
  int draw(float temperature, double point) {
    double left = point * total(temperature);
    for (int i = 0; i < size - 1; i++) {
      left -= weight(i, temperature);
      if (left < 0) {
        return tokens[i];
      }
    }
    return tokens[size - 1];
  }

  private double total(float temperature) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weight(i, temperature);
    }
    return total;
  }

  /** The probability as a multiple of that of the likeliest. */
  private double weight(int index, float temperature) {
    float logit = logits[tokens[index]];
    float largest = logits[tokens[0]];
    return logit == largest ? 1 : Math.exp(((double) logit - largest) / temperature);
  }
}
