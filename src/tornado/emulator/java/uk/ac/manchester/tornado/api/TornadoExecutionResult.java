package uk.ac.manchester.tornado.api;

/** A step that has run. */
public class TornadoExecutionResult {
  private final TornadoExecutionPlan plan;

  TornadoExecutionResult(TornadoExecutionPlan plan) {
    this.plan = plan;
  }

  public TornadoExecutionResult transferToHost(DataRange range) {
    plan.copyToHost(range.array(), 4 * range.offset(), 4 * range.size());
    return this;
  }
}
