package io.witan.engine.sampling;

/** The tokens that may still be chosen; sorted only as far as a filter needs it. */
final class CandidateSet {
  private static final int FIRST_LOOK = 64;

  private final float[] logits;
  private final int[] tokens;
  private final float[] weights;
  private final float largest;
  private int size;
  private boolean sorted;

  /**
   * All tokens whose logit is a number above minus infinity.
   *
   * @param tokens room for all of them
   * @param weights as much room again
   * @throws IllegalArgumentException if there is none
   */
  CandidateSet(float[] logits, int[] tokens, float[] weights) {
    this.logits = logits;
    this.tokens = tokens;
    this.weights = weights;
    this.largest = logits[Likeliest.of(logits)];
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > Float.NEGATIVE_INFINITY) {
        tokens[size++] = i;
      }
    }
  }

  int size() {
    return size;
  }

  /** The likeliest, so many of them; 0 keeps all. */
  void keepMost(int count) {
    if (count > 0 && count < size) {
      keepSorted(Likeliest.of(logits, count));
    }
  }

  private void keepSorted(int[] likeliest) {
    System.arraycopy(likeliest, 0, tokens, 0, likeliest.length);
    size = likeliest.length;
    sorted = true;
  }

  /** The fewest of the likeliest that together have at least this probability. */
  void keepProbability(float wanted) {
    if (wanted >= 1) {
      return;
    }
    double least = wanted * weigh(1);
    int look = FIRST_LOOK;
    while (!sorted) {
      keepSortedIfEnough(look, least);
      look = (int) Math.min((long) look * 8, size);
    }
    size = prefix(tokens, size, least);
  }

  private void keepSortedIfEnough(int look, double least) {
    int[] likeliest = Likeliest.of(logits, Math.min(look, size));
    int enough = prefix(likeliest, likeliest.length, least);
    if (enough < likeliest.length || likeliest.length == size) {
      keepSorted(likeliest);
    }
  }

  /** How many of the first tokens it takes to weigh as much; all, if they do not. */
  private int prefix(int[] likeliest, int length, double least) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += Math.exp(exponent(likeliest[i], 1));
      if (sum >= least) {
        return i + 1;
      }
    }
    return length;
  }

  /** The tokens that are at least this fraction as likely as the likeliest. */
  void keepFraction(float least) {
    if (least <= 0) {
      return;
    }
    double lowest = largest + Math.log(least);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (logits[tokens[i]] >= lowest) {
        tokens[kept++] = tokens[i];
      }
    }
    size = kept;
  }

  /**
   * Chooses one by its probability.
   *
   * @param point from 0 inclusive to 1 exclusive
   */
  int draw(float temperature, double point) {
    double left = point * weigh(temperature);
    for (int i = 0; i < size - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return tokens[i];
      }
    }
    return tokens[size - 1];
  }

  /** Notes the weight of each, and returns the sum. */
  private double weigh(float temperature) {
    for (int i = 0; i < size; i++) {
      weights[i] = exponent(tokens[i], temperature);
    }
    Exponentials.replace(weights, size);
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    return total;
  }

  /** Of the probability as a multiple of that of the likeliest. */
  private float exponent(int token, float temperature) {
    float logit = logits[token];
    return logit == largest ? 0 : (logit - largest) / temperature; // which may be infinite
  }
}
