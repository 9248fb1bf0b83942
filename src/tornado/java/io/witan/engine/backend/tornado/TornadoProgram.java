package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One task graph of all layers, whose grids follow the step. Steps of more than {@value
 * Step#MAX_ROWS} rows run in parts, in the order of their rows.
 */
final class TornadoProgram implements Program {
  private static final String NAME = "step";

  private final DeviceMemory memory;
  private final PageList pages;
  private final StepFeed feed;
  private final int main;
  private final Launches launches;
  private final TornadoExecutionPlan plan;
  private final FloatArray logits;
  private final int logitStride;
  private final int logitOffset;
  private final int vocabulary;
  private boolean closed;

  TornadoProgram(Graph graph, Weights weights, BackendOptions options, int lanes) {
    int pageCount = Math.ceilDiv(options.cacheTokens(), AttentionKernels.PAGE);
    long pageNumbers = 2L * graph.layers() * graph.keyWidth() * AttentionKernels.PAGE;
    this.pages = new PageList(pageCount, options.kvFormat().bytes(pageNumbers));
    this.memory = new DeviceMemory(graph, weights, options, pageCount);
    this.launches = new Launches(NAME, lanes);
    this.feed = new StepFeed(memory, pageCount, lanes);
    this.logits = memory.buffer(graph.logits());
    this.logitStride = graph.bufferWidths().get(graph.logits().buffer());
    this.logitOffset = graph.logits().offset();
    this.vocabulary = graph.logits().width();
    // transfers must come before tasks, and what they copy is known once the tasks were made
    new TaskCompiler(graph, memory, new TaskGraph("draft"), new Launches("draft", lanes)).compile();
    var kernels = new TaskGraph(NAME);
    kernels.consumeFromDevice(StepFeed.FIRST, memory.step, memory.tables);
    kernels.transferToDevice(DataTransferMode.FIRST_EXECUTION, memory.resident());
    new TaskCompiler(graph, memory, kernels, launches).compile();
    kernels.transferToHost(DataTransferMode.UNDER_DEMAND, logits, memory.likeliest);
    var graphs = new ArrayList<>(feed.graphs());
    this.main = graphs.size();
    graphs.add(kernels.snapshot());
    this.plan =
        new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new))
            .withDevice(TornadoDevices.get(options.device()));
    feed.open(plan);
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
    return launches.count();
  }

  @Override
  public synchronized StepResult run(StepBatch batch) {
    if (closed) {
      throw new EngineException.Closed("the model is closed");
    }
    var rows = new float[batch.logitRows().length][];
    var tokens = new int[rows.length];
    int found = 0;
    for (int from = 0; from < batch.rows(); from += Step.MAX_ROWS) {
      int to = Math.min(batch.rows(), from + Step.MAX_ROWS);
      found = runPart(batch, from, to, rows, tokens, found);
    }
    return new StepResult(rows, tokens);
  }

  private int runPart(StepBatch batch, int from, int to, float[][] rows, int[] tokens, int found) {
    var shape = feed.send(plan, batch, from, to, found);
    int wanted = shape.wanted();
    var result =
        plan.withGraph(main)
            .withGridScheduler(launches.gridsFor(to - from, shape.splits(), wanted))
            .execute();
    boolean asksLikeliest = false;
    int last = -1;
    for (int i = 0; i < wanted; i++) {
      asksLikeliest |= batch.likeliest()[found + i];
      last = batch.likeliest()[found + i] ? last : i;
    }
    if (asksLikeliest) {
      result.transferToHost(new DataRange(memory.likeliest).withSize(wanted));
    }
    if (last >= 0) {
      result.transferToHost(new DataRange(logits).withSize((last + 1L) * logitStride));
    }
    for (int i = 0; i < wanted; i++) {
      if (batch.likeliest()[found + i]) {
        tokens[found + i] = memory.likeliest.get(i);
        rows[found + i] = new float[0];
        continue;
      }
      tokens[found + i] = StepResult.UNKNOWN;
      rows[found + i] = new float[vocabulary];
      MemorySegment.copy(
          logits.getSegment(),
          ValueLayout.JAVA_FLOAT,
          4L * ((long) i * logitStride + logitOffset),
          rows[found + i],
          0,
          vocabulary);
    }
    return found + wanted;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      plan.freeDeviceMemory();
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("TornadoVM could not free the device's memory", e);
    }
  }
}
