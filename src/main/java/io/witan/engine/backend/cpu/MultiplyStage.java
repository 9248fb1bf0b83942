package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products that read the same activations: rows of prompts through panels, rows of generated
 * tokens through row kernels. Which of the two a row takes never depends on the other rows.
 */
final class MultiplyStage implements Stage {
  /** Weight rows of one piece of work: enough to be worth it, few enough to stay in cache. */
  private static final int FEWEST_LINES = 32;

  private static final int MOST_LINES = 256;

  /** One product. */
  record Target(WeightMatrix matrix, float @Nullable [] bias, Value out) {}

  /** A share of one product. */
  private record Piece(Target target, int first, int last) {}

  private final Value in;
  private final List<Target> targets;
  private final List<Piece> panels = new ArrayList<>();
  private final List<Piece> chunks = new ArrayList<>();

  MultiplyStage(Value in, List<Target> targets, int workers) {
    this.in = in;
    this.targets = List.copyOf(targets);
    long lines = 0;
    for (var target : targets) {
      lines += target.matrix().rows();
    }
    for (var target : targets) {
      int rows = target.matrix().rows();
      for (int first = 0; first < rows; first += PanelProduct.ROWS) {
        panels.add(new Piece(target, first, Math.min(rows, first + PanelProduct.ROWS)));
      }
      for (int first = 0; first < rows; ) {
        int last = Math.min(rows, first + shareOf(lines, workers));
        chunks.add(new Piece(target, first, last));
        lines -= last - first;
        first = last;
      }
    }
  }

  /**
   * Weight rows of the next piece of work when so many are left: ever fewer, so that at the end no
   * thread waits long for another.
   */
  static int shareOf(long left, int workers) {
    long share = workers == 1 ? left : left / (2L * workers) / FEWEST_LINES * FEWEST_LINES;
    return (int) Math.clamp(share, FEWEST_LINES, MOST_LINES);
  }

  @Override
  public void run(StepState state) {
    int prompts = state.promptRows();
    for (var target : targets) {
      state.buffer(target.out());
    }
    if (prompts > 0) {
      multiplyPanels(state, prompts);
    }
    if (prompts < state.rows()) {
      multiplyRows(state, prompts);
    }
  }

  private void multiplyPanels(StepState state, int rows) {
    float[] from = state.buffer(in);
    int groups = PackedRows.groups(rows);
    var packed = state.packed();
    packed.reset(groups, in.width());
    var starts = new int[rows];
    for (int row = 0; row < rows; row++) {
      starts[row] = state.at(in, row);
    }
    state.forRows(
        groups,
        PackedRows.GROUP * in.width(),
        group -> {
          int first = group * PackedRows.GROUP;
          packed.pack(group, from, starts, first, Math.min(PackedRows.GROUP, rows - first));
        });
    state
        .workers()
        .run(
            panels.size(),
            (index, worker) -> {
              var piece = panels.get(index);
              float[] sums =
                  state
                      .scratch(worker)
                      .panel
                      .multiply(piece.target().matrix(), 0, piece.first(), packed, 0, groups);
              keep(state, piece, sums, rows);
            });
  }

  private static void keep(StepState state, Piece piece, float[] sums, int rows) {
    var target = piece.target();
    float[] out = state.buffer(target.out());
    for (int row = 0; row < rows; row++) {
      int to = state.at(target.out(), row) + piece.first();
      System.arraycopy(sums, row * PanelProduct.ROWS, out, to, piece.last() - piece.first());
      addBias(target, piece.first(), piece.last(), out, to);
    }
  }

  private void multiplyRows(StepState state, int first) {
    int rows = state.rows() - first;
    float[] from = state.buffer(in);
    state.input().reset(from, state.at(in, first), state.stride(in));
    var numbers = new int[rows];
    for (int row = 0; row < rows; row++) {
      numbers[row] = row;
    }
    state
        .workers()
        .run(
            chunks.size(),
            (index, worker) ->
                multiplyChunk(
                    state, chunks.get(index), first, numbers, state.scratch(worker).tile));
  }

  private void multiplyChunk(StepState state, Piece piece, int first, int[] numbers, RowTile tile) {
    var target = piece.target();
    float[] out = state.buffer(target.out());
    var starts = new int[numbers.length];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = state.at(target.out(), first + row);
    }
    target
        .matrix()
        .multiply(
            0,
            piece.first(),
            piece.last(),
            state.input(),
            numbers,
            out,
            starts,
            0,
            starts.length,
            tile);
    for (int start : starts) {
      addBias(target, piece.first(), piece.last(), out, start + piece.first());
    }
  }

  private static void addBias(Target target, int first, int last, float[] out, int at) {
    float[] bias = target.bias();
    if (bias != null) {
      for (int i = first; i < last; i++) {
        out[at + i - first] += bias[i];
      }
    }
  }
}
