package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.MixExperts;

/** The experts of prompt rows, in float, a panel of weight rows at a time. */
final class ExpertPanels {
  private final MixExperts mix;
  private final WeightMatrix gate;
  private final WeightMatrix up;
  private final WeightMatrix down;
  private final ExpertPlan plan;
  private final ExpertChanges changes;
  private final int[] groupStarts;

  ExpertPanels(
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
    this.groupStarts = new int[mix.gate().count() + 1];
  }

  /**
   * @param results receives {@code [pairs, width]}
   */
  void run(StepState state, float[] results) {
    int width = up.rows();
    float[] hidden = state.spare(StepState.Spare.HIDDEN, plan.pairs() * width);
    var packed = state.packed();
    countGroups();
    var starts = new int[plan.pairs()];
    for (int pair = 0; pair < starts.length; pair++) {
      starts[pair] = state.at(mix.in(), plan.rowOf(pair));
    }
    pack(state, state.buffer(mix.in()), starts, up.columns());
    if (changes.areThere(state)) {
      hiddenWithChanges(state, hidden);
    } else {
      forPanels(
          state,
          up,
          (expert, first, scratch) -> {
            keep(multiply(scratch, packed, gate, expert, first), expert, first, up, hidden);
            activate(multiply(scratch, packed, up, expert, first), expert, first, hidden);
          });
    }
    for (int pair = 0; pair < starts.length; pair++) {
      starts[pair] = pair * width;
    }
    pack(state, hidden, starts, down.columns());
    forPanels(
        state,
        down,
        (expert, first, scratch) ->
            keep(multiply(scratch, packed, down, expert, first), expert, first, down, results));
    changes.addToResults(state, hidden, results);
  }

  /** As without: the activation only waits until the adapters have been added to. */
  private void hiddenWithChanges(StepState state, float[] hidden) {
    int width = up.rows();
    float[] gated = state.spare(StepState.Spare.GATED, plan.pairs() * width);
    var packed = state.packed();
    forPanels(
        state,
        up,
        (expert, first, scratch) -> {
          keep(multiply(scratch, packed, gate, expert, first), expert, first, up, gated);
          keep(multiply(scratch, packed, up, expert, first), expert, first, up, hidden);
        });
    changes.addToHidden(state, gated, hidden);
    state.forRows(
        plan.pairs(),
        width,
        pair -> {
          int at = pair * width;
          RowMath.activate(mix.activation(), gated, at, hidden, at, hidden, at, width);
        });
  }

  private void countGroups() {
    for (int expert = 0; expert + 1 < groupStarts.length; expert++) {
      groupStarts[expert + 1] = groupStarts[expert] + PackedRows.groups(plan.countOf(expert));
    }
  }

  private void pack(StepState state, float[] from, int[] starts, int columns) {
    int groups = groupStarts[groupStarts.length - 1];
    var packed = state.packed();
    packed.reset(groups, columns);
    state.forRows(
        groupStarts.length - 1,
        columns * Math.max(1, groups),
        expert -> {
          int last = plan.startOf(expert) + plan.countOf(expert);
          int group = groupStarts[expert];
          for (int pair = plan.startOf(expert); pair < last; pair += PackedRows.GROUP) {
            packed.pack(group++, from, starts, pair, Math.min(PackedRows.GROUP, last - pair));
          }
        });
  }

  /** One panel of one expert. */
  @FunctionalInterface
  private interface PanelWork {
    void run(int expert, int firstRow, Scratch scratch);
  }

  private void forPanels(StepState state, WeightMatrix matrix, PanelWork work) {
    int panels = Math.ceilDiv(matrix.rows(), PanelProduct.ROWS);
    int experts = groupStarts.length - 1;
    state
        .workers()
        .run(
            experts * panels,
            (piece, worker) -> {
              int expert = piece / panels;
              if (plan.countOf(expert) > 0) {
                work.run(expert, piece % panels * PanelProduct.ROWS, state.scratch(worker));
              }
            });
  }

  private float[] multiply(
      Scratch scratch, PackedRows packed, WeightMatrix matrix, int expert, int first) {
    int groups = groupStarts[expert + 1] - groupStarts[expert];
    return scratch.panel.multiply(matrix, expert, first, packed, groupStarts[expert], groups);
  }

  private void keep(float[] sums, int expert, int first, WeightMatrix matrix, float[] out) {
    int lines = Math.min(PanelProduct.ROWS, matrix.rows() - first);
    int start = plan.startOf(expert);
    for (int i = 0; i < plan.countOf(expert); i++) {
      System.arraycopy(
          sums, i * PanelProduct.ROWS, out, (start + i) * matrix.rows() + first, lines);
    }
  }

  /** hidden = activation(hidden) · sums. */
  private void activate(float[] sums, int expert, int first, float[] hidden) {
    int lines = Math.min(PanelProduct.ROWS, up.rows() - first);
    int start = plan.startOf(expert);
    for (int i = 0; i < plan.countOf(expert); i++) {
      int at = (start + i) * up.rows() + first;
      RowMath.activate(
          mix.activation(), hidden, at, sums, i * PanelProduct.ROWS, hidden, at, lines);
    }
  }
}
