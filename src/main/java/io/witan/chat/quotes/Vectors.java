package io.witan.chat.quotes;

/** Arithmetic on embeddings. */
final class Vectors {
  private Vectors() {}

  /** Cosine of two vectors of one embedder; 0 if either has no length. */
  static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
  }
}
