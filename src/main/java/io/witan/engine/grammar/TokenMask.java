package io.witan.engine.grammar;

import java.util.Arrays;

/** The tokens that may come next. Not to be changed. */
public final class TokenMask {
  private final long[] bits;
  private final boolean empty;

  TokenMask(long[] bits) {
    this.bits = bits;
    long any = 0;
    for (long each : bits) {
      any |= each;
    }
    this.empty = any == 0;
  }

  /** Whether no token may come. */
  public boolean isEmpty() {
    return empty;
  }

  public boolean allows(int token) {
    return token >> 6 < bits.length && (bits[token >> 6] >>> token & 1) != 0;
  }

  /**
   * Copies logits, those of other tokens as minus infinity.
   *
   * @param into as many as {@code logits}
   */
  public void apply(float[] logits, float[] into) {
    for (int word = 0, from = 0; from < logits.length; word++, from += Long.SIZE) {
      int to = Math.min(logits.length, from + Long.SIZE);
      long allowed = word < bits.length ? bits[word] : 0;
      if (allowed == -1) {
        System.arraycopy(logits, from, into, from, to - from);
        continue;
      }
      Arrays.fill(into, from, to, Float.NEGATIVE_INFINITY);
      for (long left = allowed; left != 0; left &= left - 1) {
        int id = from + Long.numberOfTrailingZeros(left);
        if (id < to) {
          into[id] = logits[id];
        }
      }
    }
  }
}
