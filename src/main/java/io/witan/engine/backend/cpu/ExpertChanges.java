package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation.MixExperts;

/** What adapters change of experts; the rows are those of a plan. */
final class ExpertChanges {
  private final AdapterTable adapters;
  private final MixExperts mix;
  private final ExpertPlan plan;

  ExpertChanges(AdapterTable adapters, MixExperts mix, ExpertPlan plan) {
    this.adapters = adapters;
    this.mix = mix;
    this.plan = plan;
  }

  /** Whether a row of the plan has an adapter that changes what is before the activation. */
  boolean areThere(StepState state) {
    if (!adapters.anyChanges(mix.gate().name()) && !adapters.anyChanges(mix.up().name())) {
      return false;
    }
    for (int pair = 0; pair < plan.pairs(); pair++) {
      if (state.adapterOf(plan.rowOf(pair)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds to gate and up of each pair, {@code [pairs, hidden]}. */
  void addToHidden(StepState state, float[] gated, float[] hidden) {
    float[] in = state.buffer(mix.in());
    add(state, mix.gate(), in, 0, gated);
    add(state, mix.up(), in, 0, hidden);
  }

  /** Adds to the result of each pair, {@code [pairs, width]}. */
  void addToResults(StepState state, float[] hidden, float[] results) {
    add(state, mix.down(), hidden, mix.down().columns(), results);
  }

  /**
   * @param stride of the input by pair; 0 where the input is the step's rows
   */
  private void add(StepState state, Matrix matrix, float[] in, int stride, float[] out) {
    if (!adapters.anyChanges(matrix.name())) {
      return;
    }
    state.forRows(
        plan.pairs(),
        matrix.columns() + matrix.rows(),
        pair -> {
          int row = plan.rowOf(pair);
          var change = adapters.find(state.adapterOf(row), matrix.name());
          if (change != null) {
            int at = stride == 0 ? state.at(mix.in(), row) : pair * stride;
            int to = pair * matrix.rows();
            LowRankMath.add(change, plan.expertOf(pair), in, at, out, to);
          }
        });
  }
}
