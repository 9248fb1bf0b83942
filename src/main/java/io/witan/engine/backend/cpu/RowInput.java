package io.witan.engine.backend.cpu;

/** Rows of activations as a {@link RowKernel} reads them: floats where they are. */
final class RowInput {
  private float[] floats = {};
  private int at;
  private int stride;

  /** Points at rows {@code newStride} apart from {@code from} on. */
  void reset(float[] array, int from, int newStride) {
    floats = array;
    at = from;
    stride = newStride;
  }

  float[] floats() {
    return floats;
  }

  int floatsOf(int row) {
    return at + row * stride;
  }
}
