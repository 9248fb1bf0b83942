package io.witan.retrieval;

/** Vectors in pgvector's text form. */
final class Vectors {
  private Vectors() {}

  static String literal(float[] vector) {
    var text = new StringBuilder(vector.length * 10).append('[');
    for (int i = 0; i < vector.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(vector[i]);
    }
    return text.append(']').toString();
  }
}
