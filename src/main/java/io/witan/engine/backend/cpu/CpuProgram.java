package io.witan.engine.backend.cpu;

import io.witan.engine.EngineException;
import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the stages of a graph one after the other, each on all threads. */
final class CpuProgram implements Program {
  private static final StepBatch NOTHING =
      new StepBatch(new int[0], new int[0], new int[0], new int[0][], 0, new int[0]);

  private final Graph graph;
  private final KvCache cache;
  private final AdapterTable adapters = new AdapterTable();
  private final Workers workers;
  private final List<Stage> stages;
  private final StepState state;
  private boolean isClosed;

  CpuProgram(Graph graph, Weights weights, BackendOptions options) {
    this.graph = graph;
    this.cache = new KvCache(graph, options.kvFormat(), options.cacheTokens());
    this.stages = new StageCompiler(weights, options, cache, adapters).compile(graph);
    this.workers = new Workers(options.threads());
    this.state = new StepState(graph, workers, NOTHING);
  }

  @Override
  public CachePages pages() {
    return cache;
  }

  @Override
  public synchronized StepResult run(StepBatch batch) {
    if (isClosed) { // row kernels read by address: nothing else would stop them
      throw new EngineException.Closed("the model is closed");
    }
    state.begin(batch);
    for (var stage : stages) {
      if (state.rows() == 0) {
        break;
      }
      stage.run(state);
    }
    var logits = new float[batch.logitRows().length][];
    float[] from = state.buffer(graph.logits());
    for (int row = 0; row < logits.length; row++) {
      int at = state.at(graph.logits(), row);
      logits[row] = Arrays.copyOfRange(from, at, at + graph.logits().width());
    }
    return new StepResult(logits);
  }

  @Override
  public synchronized void setAdapter(int slot, @Nullable Adapter adapter) {
    adapters.set(slot, adapter);
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    workers.close();
  }
}
