package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.MixExperts;

/** Experts: the rows of each are gathered, so that its weights are read once for all of them. */
final class ExpertStage implements Stage {
  private final MixExperts mix;
  private final ExpertPlan plan;
  private final ExpertPanels panels;
  private final ExpertRows rows;

  ExpertStage(
      MixExperts mix,
      WeightMatrix gate,
      WeightMatrix up,
      WeightMatrix down,
      AdapterTable adapters) {
    this.mix = mix;
    this.plan = new ExpertPlan(mix.gate().count(), mix.used());
    this.panels =
        new ExpertPanels(mix, gate, up, down, plan, new ExpertChanges(adapters, mix, plan));
    this.rows = new ExpertRows(mix, gate, up, down, plan, new ExpertChanges(adapters, mix, plan));
  }

  @Override
  public void run(StepState state) {
    int prompts = state.promptRows();
    if (prompts > 0) {
      plan.plan(state, mix, 0, prompts);
      float[] results = reserve(state);
      panels.run(state, results);
      combine(state, results, 0, prompts);
    }
    if (prompts < state.rows()) {
      plan.plan(state, mix, prompts, state.rows());
      float[] results = reserve(state);
      rows.run(state, results);
      combine(state, results, prompts, state.rows());
    }
  }

  private float[] reserve(StepState state) {
    return state.spare(StepState.Spare.RESULTS, plan.pairs() * mix.out().width());
  }

  /** Adds each row's experts in the order of its routes. */
  private void combine(StepState state, float[] results, int first, int last) {
    float[] routes = state.buffer(mix.routes());
    float[] out = state.buffer(mix.out());
    int width = mix.out().width();
    state.forRows(
        last - first,
        width * mix.used(),
        offset -> {
          int to = state.at(mix.out(), first + offset);
          int weights = state.at(mix.routes(), first + offset) + mix.used();
          for (int i = 0; i < mix.used(); i++) {
            int from = plan.pairOf(offset, i) * width;
            if (i == 0) {
              scale(results, from, routes[weights], out, to, width);
            } else {
              RowMath.add(results, from, routes[weights + i], out, to, width);
            }
          }
        });
  }

  private static void scale(float[] from, int at, float weight, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = weight * from[at + i];
    }
  }
}
