package io.witan.engine.sampling;

import java.util.Arrays;

/** Finds the largest logits; among equals the first. */
final class Likeliest {
  private Likeliest() {}

  static int of(float[] logits) {
    int best = -1;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > Float.NEGATIVE_INFINITY && (best < 0 || logits[i] > logits[best])) {
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException("no logit is a number");
    }
    return best;
  }

  /** So many tokens, the likeliest first. */
  static int[] of(float[] logits, int count) {
    int[] heap = new int[Math.min(count, logits.length)];
    int size = 0;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        continue;
      }
      if (size < heap.length) {
        heap[size] = i;
        up(heap, size++, logits);
      } else if (size > 0 && worse(heap[0], i, logits)) {
        heap[0] = i;
        down(heap, size, logits);
      }
    }
    int[] sorted = new int[size];
    for (int i = size - 1; i >= 0; i--) {
      sorted[i] = heap[0];
      heap[0] = heap[i];
      down(heap, i, logits);
    }
    return sorted;
  }

  /** The least likely on top. */
  private static void up(int[] heap, int start, float[] logits) {
    int at = start;
    while (at > 0 && worse(heap[at], heap[(at - 1) / 2], logits)) {
      swap(heap, at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private static void down(int[] heap, int size, float[] logits) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && worse(heap[child + 1], heap[child], logits)) {
        child++;
      }
      if (!worse(heap[child], heap[at], logits)) {
        return;
      }
      swap(heap, at, child);
      at = child;
    }
  }

  static boolean worse(int a, int b, float[] logits) {
    return logits[a] < logits[b] || (logits[a] == logits[b] && a > b);
  }

  private static void swap(int[] heap, int a, int b) {
    int kept = heap[a];
    heap[a] = heap[b];
    heap[b] = kept;
  }

  /** The logarithm of the sum of exponentials, from which log-probabilities are taken. */
  static double logSumExp(float[] logits) {
    float largest = logits[of(logits)];
    if (largest == Float.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (float logit : logits) {
      if (!Float.isNaN(logit)) {
        sum += Math.exp((double) logit - largest);
      }
    }
    return largest + Math.log(sum);
  }

  /** All tokens that are numbers, the likeliest first, into the given array; returns how many. */
  static int sort(float[] logits, int[] into) {
    long[] keys = new long[logits.length];
    int size = 0;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > Float.NEGATIVE_INFINITY) {
        int bits = Float.floatToIntBits(logits[i] + 0f);
        int rising = bits >= 0 ? bits : bits ^ 0x7FFFFFFF;
        keys[size++] = (long) ~rising << 32 | i;
      }
    }
    Arrays.sort(keys, 0, size);
    for (int i = 0; i < size; i++) {
      into[i] = (int) keys[i];
    }
    return size;
  }
}
