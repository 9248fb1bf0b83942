package io.witan.engine.backend.cpu;

/** Memory of one worker, reused from loop to loop. */
final class Scratch {
  final PanelProduct panel = new PanelProduct();
  final RowTile tile = new RowTile();
  final AttentionKernel attention = new AttentionKernel();
  private float[] numbers = {};

  /** At least {@code count} numbers, of any content. */
  float[] numbers(int count) {
    if (numbers.length < count) {
      numbers = new float[count];
    }
    return numbers;
  }
}
