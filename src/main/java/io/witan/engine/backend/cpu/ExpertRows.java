package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.MixExperts;
import java.util.ArrayList;
import java.util.Arrays;

/** The experts of generated tokens, through row kernels. */
final class ExpertRows {
  private final MixExperts mix;
  private final WeightMatrix gate;
  private final WeightMatrix up;
  private final WeightMatrix down;
  private final ExpertPlan plan;
  private final ExpertChanges changes;
  private int[] active = {};

  ExpertRows(
      MixExperts mix,
      WeightMatrix gate,
      WeightMatrix up,
      WeightMatrix down,
      ExpertPlan plan,
      ExpertChanges changes) {
    this.mix = mix;
    this.gate = gate;
    this.up = up;
    this.down = down;
    this.plan = plan;
    this.changes = changes;
  }

  /**
   * @param results receives {@code [pairs, width]}
   */
  void run(StepState state, float[] results) {
    int pairs = plan.pairs();
    int width = up.rows();
    float[] hidden = state.spare(StepState.Spare.HIDDEN, pairs * width);
    float[] gated = state.spare(StepState.Spare.GATED, pairs * width);
    var input = state.input();
    findActive();
    int first = plan.rowOf(plan.pairOf(0, 0));
    input.reset(state.buffer(mix.in()), state.at(mix.in(), first), state.stride(mix.in()));
    var inRows = new int[pairs];
    var outRows = new int[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      inRows[pair] = plan.rowOf(pair) - first;
      outRows[pair] = pair * width;
    }
    boolean isChanged = changes.areThere(state);
    forLines(
        state,
        up,
        (expert, from, to, tile) -> {
          multiply(gate, expert, from, to, input, inRows, gated, outRows, tile);
          multiply(up, expert, from, to, input, inRows, hidden, outRows, tile);
          if (!isChanged) {
            activate(expert, from, to, gated, hidden);
          }
        });
    if (isChanged) {
      changes.addToHidden(state, gated, hidden);
      forLines(state, up, (expert, from, to, tile) -> activate(expert, from, to, gated, hidden));
    }
    input.reset(hidden, 0, width);
    var hiddenRows = new int[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      hiddenRows[pair] = pair;
      outRows[pair] = pair * down.rows();
    }
    forLines(
        state,
        down,
        (expert, from, to, tile) ->
            multiply(down, expert, from, to, input, hiddenRows, results, outRows, tile));
    changes.addToResults(state, hidden, results);
  }

  /** Experts with rows; those with most come first, so that the last pieces of work are small. */
  private void findActive() {
    int experts = mix.gate().count();
    int most = 0;
    for (int expert = 0; expert < experts; expert++) {
      most = Math.max(most, plan.countOf(expert));
    }
    var found = new int[experts];
    int count = 0;
    for (int rows = most; rows > 0; rows--) {
      for (int expert = 0; expert < experts; expert++) {
        if (plan.countOf(expert) == rows) {
          found[count++] = expert;
        }
      }
    }
    active = Arrays.copyOf(found, count);
  }

  private void activate(int expert, int from, int to, float[] gated, float[] hidden) {
    int start = plan.startOf(expert);
    for (int pair = start; pair < start + plan.countOf(expert); pair++) {
      int at = pair * up.rows() + from;
      RowMath.activate(mix.activation(), gated, at, hidden, at, hidden, at, to - from);
    }
  }

  /** Some weight rows of one expert. */
  @FunctionalInterface
  private interface LineWork {
    void run(int expert, int firstLine, int lastLine, RowTile tile);
  }

  /** Weight rows of one expert, a piece of work. */
  private record Piece(int expert, int from, int to) {}

  private void forLines(StepState state, WeightMatrix matrix, LineWork work) {
    int workers = state.workers().count();
    long left = (long) active.length * matrix.rows();
    var pieces = new ArrayList<Piece>();
    for (int expert : active) {
      for (int from = 0; from < matrix.rows(); ) {
        int to = Math.min(matrix.rows(), from + MultiplyStage.shareOf(left, workers));
        pieces.add(new Piece(expert, from, to));
        left -= to - from;
        from = to;
      }
    }
    state
        .workers()
        .run(
            pieces.size(),
            (index, worker) -> {
              var piece = pieces.get(index);
              work.run(piece.expert(), piece.from(), piece.to(), state.scratch(worker).tile);
            });
  }

  private void multiply(
      WeightMatrix matrix,
      int expert,
      int from,
      int to,
      RowInput in,
      int[] inRows,
      float[] out,
      int[] outRows,
      RowTile tile) {
    matrix.multiply(
        expert,
        from,
        to,
        in,
        inRows,
        out,
        outRows,
        plan.startOf(expert),
        plan.countOf(expert),
        tile);
  }
}
