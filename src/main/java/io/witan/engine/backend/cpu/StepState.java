package io.witan.engine.backend.cpu;

import io.witan.engine.backend.StepBatch;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Value;
import java.util.Arrays;

/** The activations of the step that runs; buffers grow and stay. */
final class StepState {
  /** Fewer numbers than this are not worth sharing out. */
  private static final int WORTH_SHARING = 1 << 13;

  private final Graph graph;
  private final Workers workers;
  private final Scratch[] scratch;
  private final float[][] buffers;
  private final PackedRows packed = new PackedRows();
  private final RowInput input = new RowInput();
  private final float[][] spare = new float[Spare.values().length][0];
  private StepBatch batch;
  private int rows;
  private int promptRows;
  private boolean isNarrow;

  StepState(Graph graph, Workers workers, StepBatch nothing) {
    this.graph = graph;
    this.workers = workers;
    this.scratch = new Scratch[workers.count()];
    Arrays.setAll(scratch, i -> new Scratch());
    this.buffers = new float[graph.bufferWidths().size()][0];
    this.batch = nothing;
  }

  /** Memory that a stage may use while it runs. */
  enum Spare {
    GATED,
    HIDDEN,
    RESULTS
  }

  /** At least {@code count} numbers, of any content, until the stage ends. */
  float[] spare(Spare name, int count) {
    int index = name.ordinal();
    if (spare[index].length < count) {
      spare[index] = new float[count];
    }
    return spare[index];
  }

  /** Packed rows of the stage that runs. */
  PackedRows packed() {
    return packed;
  }

  /** The input of the row kernels, until a stage resets it. */
  RowInput input() {
    return input;
  }

  void begin(StepBatch next) {
    batch = next;
    rows = next.rows();
    promptRows = next.promptRows();
    isNarrow = false;
  }

  /** Goes on with the rows whose logits are wanted. */
  void narrow(int newRows, int newPromptRows) {
    rows = newRows;
    promptRows = newPromptRows;
    isNarrow = true;
  }

  /** The adapter of a row, 0 for none. */
  int adapterOf(int row) {
    return batch.adapters()[isNarrow ? batch.logitRows()[row] : row];
  }

  StepBatch batch() {
    return batch;
  }

  int rows() {
    return rows;
  }

  /** Rows, from the first, that belong to prompts. */
  int promptRows() {
    return promptRows;
  }

  Workers workers() {
    return workers;
  }

  /** The memory of one worker. */
  Scratch scratch(int worker) {
    return scratch[worker];
  }

  int stride(Value value) {
    return graph.bufferWidths().get(value.buffer());
  }

  /** The buffer of a value, with room for all rows. */
  float[] buffer(Value value) {
    int index = value.buffer();
    int needed = rows * stride(value);
    if (buffers[index].length < needed) {
      buffers[index] = Arrays.copyOf(buffers[index], needed);
    }
    return buffers[index];
  }

  /** Where a row of a value begins in its buffer. */
  int at(Value value, int row) {
    return row * stride(value) + value.offset();
  }

  /** One row. */
  @FunctionalInterface
  interface RowWork {
    void run(int row);
  }

  /** Does something for each of {@code count} rows of {@code width} numbers. */
  void forRows(int count, int width, RowWork work) {
    if ((long) count * width < WORTH_SHARING) {
      for (int row = 0; row < count; row++) {
        work.run(row);
      }
      return;
    }
    int pieces = Math.min(count, 4 * workers.count());
    workers.run(
        pieces,
        (piece, worker) -> {
          int last = (int) ((long) count * (piece + 1) / pieces);
          for (int row = (int) ((long) count * piece / pieces); row < last; row++) {
            work.run(row);
          }
        });
  }
}
