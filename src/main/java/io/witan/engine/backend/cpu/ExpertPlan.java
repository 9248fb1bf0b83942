package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.MixExperts;
import java.util.Arrays;

/**
 * Which rows meet which expert. A pair is one row at one of its experts; pairs are numbered by
 * expert, then by row, so that those of an expert are neighbours.
 */
final class ExpertPlan {
  private final int experts;
  private final int used;
  private int[] starts;
  private int[] rowOfPair = {};
  private int[] pairOfRoute = {};
  private int pairs;

  ExpertPlan(int experts, int used) {
    this.experts = experts;
    this.used = used;
    this.starts = new int[experts + 1];
  }

  /** Plans rows {@code [first, last)} by the routes that were chosen for them. */
  void plan(StepState state, MixExperts mix, int first, int last) {
    float[] routes = state.buffer(mix.routes());
    pairs = (last - first) * used;
    if (rowOfPair.length < pairs) {
      rowOfPair = new int[pairs];
      pairOfRoute = new int[pairs];
    }
    starts = new int[experts + 1];
    for (int row = first; row < last; row++) {
      for (int i = 0; i < used; i++) {
        starts[(int) routes[state.at(mix.routes(), row) + i] + 1]++;
      }
    }
    for (int expert = 0; expert < experts; expert++) {
      starts[expert + 1] += starts[expert];
    }
    int[] next = Arrays.copyOf(starts, experts);
    for (int row = first; row < last; row++) {
      for (int i = 0; i < used; i++) {
        int pair = next[(int) routes[state.at(mix.routes(), row) + i]]++;
        rowOfPair[pair] = row;
        pairOfRoute[(row - first) * used + i] = pair;
      }
    }
  }

  int pairs() {
    return pairs;
  }

  /** The first pair of an expert; that of the next one is where its pairs end. */
  int startOf(int expert) {
    return starts[expert];
  }

  int countOf(int expert) {
    return starts[expert + 1] - starts[expert];
  }

  int rowOf(int pair) {
    return rowOfPair[pair];
  }

  /** The expert of a pair. */
  int expertOf(int pair) {
    int at = Arrays.binarySearch(starts, pair);
    if (at < 0) {
      return -at - 2;
    }
    while (at + 1 < starts.length && starts[at + 1] == pair) {
      at++; // experts without pairs begin there too
    }
    return at;
  }

  /** The pair of the {@code i}-th route of the row {@code offset} after the first. */
  int pairOf(int offset, int i) {
    return pairOfRoute[offset * used + i];
  }
}
