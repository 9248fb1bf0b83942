package io.witan.engine.tokenizer;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The symbols of one piece, linked, so that a merge costs no copying. */
final class SymbolChain {
  private static final int NONE = -1;

  private int[] symbols = new int[64];
  private int[] next = new int[64];
  private int[] previous = new int[64];
  private int length;
  private final LongHeap candidates = new LongHeap();

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  void add(int symbol) {
    if (length == symbols.length) {
      symbols = Arrays.copyOf(symbols, length * 2);
      next = Arrays.copyOf(next, length * 2);
      previous = Arrays.copyOf(previous, length * 2);
    }
    symbols[length] = symbol;
    previous[length] = length - 1;
    next[length] = NONE;
    if (length > 0) {
      next[length - 1] = length;
    }
    length++;
  }

  void merge(Merges merges) {
    candidates.clear();
    for (int at = 0; at + 1 < length; at++) {
      offer(at, merges);
    }
    while (!candidates.isEmpty()) {
      long candidate = candidates.poll();
      int left = (int) candidate;
      int rank = (int) (candidate >>> 32);
      // an earlier merge may have taken either side
      if (symbols[left] == NONE
          || next[left] == NONE
          || merges.rank(symbols[left], symbols[next[left]]) != rank) {
        continue;
      }
      join(left, merges.result(rank));
      if (previous[left] != NONE) {
        offer(previous[left], merges);
      }
      offer(left, merges);
    }
  }

  private void offer(int left, Merges merges) {
    if (next[left] == NONE) {
      return;
    }
    int rank = merges.rank(symbols[left], symbols[next[left]]);
    if (rank >= 0) {
      candidates.add((long) rank << 32 | left);
    }
  }

  private void join(int left, int symbol) {
    int right = next[left];
    symbols[left] = symbol;
    symbols[right] = NONE;
    next[left] = next[right];
    if (next[right] != NONE) {
      previous[next[right]] = left;
    }
  }

  void forEach(IntConsumer consumer) {
    for (int at = length == 0 ? NONE : 0; at != NONE; at = next[at]) {
      consumer.accept(symbols[at]);
    }
  }
}
