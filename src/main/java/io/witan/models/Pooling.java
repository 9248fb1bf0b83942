package io.witan.models;

/** How a model's token vectors become the vector of a text. */
enum Pooling {
  /** Mean of the tokens under the attention mask. */
  MEAN("mean"),
  /** The first token's. */
  CLS("cls");

  private final String label;

  Pooling(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * Pools one text.
   *
   * @param tokens [length, width] row-major, the padding after {@code length} left out
   * @return of unit length
   */
  float[] pool(float[] tokens, int length, int width) {
    float[] pooled = new float[width];
    int rows = this == CLS ? 1 : length;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        pooled[column] += tokens[row * width + column];
      }
    }
    return normalise(pooled);
  }

  private static float[] normalise(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
