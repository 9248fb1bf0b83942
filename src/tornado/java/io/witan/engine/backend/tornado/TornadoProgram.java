package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A graph on a device. Steps of more than {@value Step#MAX_ROWS} rows run in parts, in the order of
 * their rows. Adapters are part of what the device compiles, so that a model without them pays
 * nothing: where they change, another plan takes the place of the one that runs.
 */
final class TornadoProgram implements Program {
  private final Graph graph;
  private final DeviceMemory memory;
  private final DevicePlan.Place place;
  private final PageList pages;
  private final List<@Nullable Adapter> adapters = new ArrayList<>();
  private DevicePlan plan;
  private boolean closed;

  TornadoProgram(Graph graph, Weights weights, BackendOptions options, int lanes) {
    int pageCount = Math.ceilDiv(options.cacheTokens(), AttentionKernels.PAGE);
    long pageNumbers = 2L * graph.layers() * graph.keyWidth() * AttentionKernels.PAGE;
    this.graph = graph;
    this.pages = new PageList(pageCount, options.kvFormat().bytes(pageNumbers));
    this.memory = new DeviceMemory(graph, weights, options, pageCount);
    this.place = new DevicePlan.Place(options.device(), pageCount, lanes);
    memory.begin(new AdapterArrays(List.of()));
    this.plan = new DevicePlan(graph, memory, place);
    plan.open();
  }

  /** Runs a token, so that what the device refuses shows now; nothing is kept of it. */
  void tryOut() {
    run(new StepBatch(new int[1], new int[1], new int[1], new int[][] {{0}}, 0, new int[] {0}));
  }

  /** What it takes of the device's memory. */
  long deviceBytes() {
    return memory.bytes();
  }

  @Override
  public CachePages pages() {
    return pages;
  }

  /** Kernels started for one part of a step. */
  int launches() {
    return plan.launches();
  }

  @Override
  public synchronized StepResult run(StepBatch batch) {
    if (closed) {
      throw new EngineException.Closed("the model is closed");
    }
    int wanted = batch.logitRows().length;
    var results = new StepResult(new float[wanted][], new int[wanted]);
    int found = 0;
    for (int from = 0; from < batch.rows(); from += Step.MAX_ROWS) {
      int to = Math.min(batch.rows(), from + Step.MAX_ROWS);
      found = plan.run(batch, from, to, results, found);
    }
    return results;
  }

  @Override
  public synchronized void setAdapter(int slot, @Nullable Adapter adapter) {
    if (closed) {
      return;
    }
    var before = memory.adapters();
    var changed = new ArrayList<@Nullable Adapter>(adapters);
    while (changed.size() < slot) {
      changed.add(null);
    }
    changed.set(slot - 1, adapter);
    boolean isNeedless = adapter == null && changed.stream().anyMatch(Objects::nonNull);
    if (!isNeedless) { // what no row names any more may stay until the next plan
      replace(new AdapterArrays(changed), before);
    }
    adapters.clear();
    adapters.addAll(changed);
  }

  /** Another plan with the same keys and values; if it cannot be, the one before goes on. */
  private void replace(AdapterArrays wanted, AdapterArrays before) {
    DevicePlan next;
    try {
      memory.begin(wanted);
      next = new DevicePlan(graph, memory, place);
    } catch (RuntimeException | Error failure) {
      memory.begin(before);
      throw TornadoBackend.refusal(failure);
    }
    plan.keepCache();
    plan.close();
    try {
      next.open();
      plan = next;
    } catch (RuntimeException | Error failure) {
      next.close();
      goBack(before);
      throw TornadoBackend.refusal(failure);
    }
  }

  private void goBack(AdapterArrays before) {
    closed = true; // unless it succeeds, there is nothing left that could run
    memory.begin(before);
    plan = new DevicePlan(graph, memory, place);
    plan.open();
    closed = false;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      plan.close();
    }
  }
}
