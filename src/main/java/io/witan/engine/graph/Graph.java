package io.witan.engine.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model computes for one step: operations in order over a few buffers of activations.
 *
 * @param operations run in this order; the last one fills {@code logits}
 * @param bufferWidths columns of each buffer; a buffer has one row per token of the step
 * @param logits where the step's result lies
 * @param layers layers of the key-value cache
 * @param keyWidth numbers of one token's keys (and values) in one layer
 * @param headSize numbers of one head
 */
public record Graph(
    List<Operation> operations,
    List<Integer> bufferWidths,
    Value logits,
    int layers,
    int keyWidth,
    int headSize) {

  public Graph {
    operations = List.copyOf(operations);
    bufferWidths = List.copyOf(bufferWidths);
  }

  /** Collects operations and hands out buffers. */
  public static final class Builder {
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** A new buffer of {@code width} columns. */
    public Value buffer(int width) {
      widths.add(width);
      return new Value(widths.size() - 1, 0, width);
    }

    public void add(Operation operation) {
      operations.add(operation);
    }

    public Graph build(Value logits, int layers, int keyWidth, int headSize) {
      return new Graph(operations, widths, logits, layers, keyWidth, headSize);
    }
  }
}
