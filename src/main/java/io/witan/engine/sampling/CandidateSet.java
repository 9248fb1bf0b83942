package io.witan.engine.sampling;

import java.util.Arrays;

/** The tokens that may still be chosen; sorted only as far as a filter needs it. */
final class CandidateSet {
  private static final int SHELVES = 1024;

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
    if (sorted) {
      size = prefix(least);
    } else {
      keepWeight(least);
    }
  }

  /** How many of the first it takes to weigh as much; all, if they do not. */
  private int prefix(double least) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
      if (sum >= least) {
        return i + 1;
      }
    }
    return size;
  }

  /** Sorts only the shelf in which the last one lies. */
  private void keepWeight(double least) {
    double[] shelves = new double[SHELVES];
    for (int i = 0; i < size; i++) {
      shelves[shelf(tokens[i])] += weights[i];
    }
    int last = 0;
    double above = 0;
    while (last < SHELVES - 1 && above + shelves[last] < least) {
      above += shelves[last++];
    }
    long border = leastLikely(last, least - above);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int shelf = shelf(tokens[i]);
      if (shelf < last || shelf == last && rank(tokens[i]) <= border) {
        tokens[kept++] = tokens[i];
      }
    }
    size = kept;
  }

  /** The rank of the last one that it takes of a shelf to weigh as much. */
  private long leastLikely(int shelf, double least) {
    long[] ranks = new long[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (shelf(tokens[i]) == shelf) {
        ranks[count++] = rank(tokens[i]);
      }
    }
    Arrays.sort(ranks, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(exponent((int) ranks[i], 1));
      if (sum >= least) {
        return ranks[i];
      }
    }
    return Long.MAX_VALUE;
  }

  /** The likeliest are on the first; each has those of a factor of e to the 1/32. */
  private int shelf(int token) {
    return (int) Math.min(SHELVES - 1, -32 * exponent(token, 1));
  }

  /** Less for what is likelier, or as likely and first; the lower half is the token. */
  private long rank(int token) {
    int bits = Float.floatToIntBits(exponent(token, 1)); // of zero or less: larger for less
    return (long) (bits & Integer.MAX_VALUE) << 32 | token;
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
