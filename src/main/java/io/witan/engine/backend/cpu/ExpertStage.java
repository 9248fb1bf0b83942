package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.MixExperts;

/** Experts: the rows of each are gathered, so that its weights are read once for all of them. */
final class ExpertStage implements Stage {
  private final MixExperts mix;
  private final ExpertPlan plan;
  private final ExpertPanels panels;
  private final ExpertRows rows;
  private final boolean exact;
  private float[] results = {};

  ExpertStage(
      MixExperts mix, WeightMatrix gate, WeightMatrix up, WeightMatrix down, boolean exact) {
    this.mix = mix;
    this.plan = new ExpertPlan(mix.gate().count(), mix.used());
    this.panels = new ExpertPanels(mix, gate, up, down, plan);
    this.rows = new ExpertRows(mix, gate, up, down, plan);
    this.exact = exact;
  }

  @Override
  public void run(StepState state) {
    int prompts = exact ? state.rows() : state.promptRows();
    if (prompts > 0) {
      plan.plan(state, mix, 0, prompts);
      reserve();
      panels.run(state, results);
      combine(state, 0, prompts);
    }
    if (prompts < state.rows()) {
      plan.plan(state, mix, prompts, state.rows());
      reserve();
      rows.run(state, results);
      combine(state, prompts, state.rows());
    }
  }

  private void reserve() {
    int needed = plan.pairs() * mix.out().width();
    if (results.length < needed) {
      results = new float[needed];
    }
  }

  /** Adds each row's experts in the order of its routes. */
  private void combine(StepState state, int first, int last) {
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
            add(
                results,
                plan.pairOf(offset, i) * width,
                routes[weights + i],
                out,
                to,
                width,
                i == 0);
          }
        });
  }

  private static void add(
      float[] from, int at, float weight, float[] out, int to, int count, boolean fresh) {
    if (fresh) {
      for (int i = 0; i < count; i++) {
        out[to + i] = weight * from[at + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[to + i] += weight * from[at + i];
      }
    }
  }
}
