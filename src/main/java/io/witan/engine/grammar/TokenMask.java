package io.witan.engine.grammar;

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
    for (int i = 0; i < logits.length; i++) {
      into[i] = allows(i) ? logits[i] : Float.NEGATIVE_INFINITY;
    }
  }
}
