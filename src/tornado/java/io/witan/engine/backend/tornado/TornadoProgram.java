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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.DataRange;
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
  private final int pageCount;
  private final Launches launches;
  private final TornadoExecutionPlan plan;
  private final FloatArray logits;
  private final int logitStride;
  private final int logitOffset;
  private final int vocabulary;
  private boolean closed;

  TornadoProgram(Graph graph, Weights weights, BackendOptions options, int lanes) {
    this.pageCount = Math.ceilDiv(options.cacheTokens(), AttentionKernels.PAGE);
    long pageNumbers = 2L * graph.layers() * graph.keyWidth() * AttentionKernels.PAGE;
    this.pages = new PageList(pageCount, options.kvFormat().bytes(pageNumbers));
    this.memory = new DeviceMemory(graph, weights, options, pageCount);
    this.launches = new Launches(NAME, lanes);
    this.logits = memory.buffer(graph.logits());
    this.logitStride = graph.bufferWidths().get(graph.logits().buffer());
    this.logitOffset = graph.logits().offset();
    this.vocabulary = graph.logits().width();
    // transfers must come before tasks, and what they copy is known once the tasks were made
    new TaskCompiler(graph, memory, new TaskGraph("draft"), new Launches("draft", lanes)).compile();
    var kernels = new TaskGraph(NAME);
    kernels.transferToDevice(DataTransferMode.EVERY_EXECUTION, memory.step, memory.tables);
    kernels.transferToDevice(DataTransferMode.FIRST_EXECUTION, memory.resident());
    new TaskCompiler(graph, memory, kernels, launches).compile();
    kernels.transferToHost(DataTransferMode.UNDER_DEMAND, logits);
    this.plan =
        new TornadoExecutionPlan(kernels.snapshot())
            .withDevice(TornadoDevices.get(options.device()));
  }

  /** Runs a token, so that what the device refuses shows now; nothing is kept of it. */
  void tryOut() {
    run(
        new StepBatch(
            new int[1], new int[1], new int[1], new int[][] {{0}}, 0, new int[] {0}));
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
    int found = 0;
    for (int from = 0; from < batch.rows(); from += Step.MAX_ROWS) {
      found = runPart(batch, from, Math.min(batch.rows(), from + Step.MAX_ROWS), rows, found);
    }
    return new StepResult(rows);
  }

  private int runPart(StepBatch batch, int from, int to, float[][] rows, int found) {
    int longest = writeStep(batch, from, to);
    int wanted = 0;
    while (found + wanted < rows.length && batch.logitRows()[found + wanted] < to) {
      memory.step.set(Step.WANTED + wanted, batch.logitRows()[found + wanted] - from);
      wanted++;
    }
    int contextPages = Math.ceilDiv(longest + 1, AttentionKernels.PAGE);
    int perSplit = Math.ceilDiv(contextPages, Step.MAX_SPLITS);
    int splits = Math.ceilDiv(contextPages, perSplit);
    memory.step.set(Step.ROWS, to - from);
    memory.step.set(Step.LOGIT_ROWS, wanted);
    memory.step.set(Step.SPLITS, splits);
    memory.step.set(Step.PAGES_PER_SPLIT, perSplit);
    var result = plan.withGridScheduler(launches.gridsFor(to - from, splits, wanted)).execute();
    if (wanted > 0) {
      result.transferToHost(new DataRange(logits).withSize((long) wanted * logitStride));
    }
    for (int i = 0; i < wanted; i++) {
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

  /** The largest position of the part. */
  private int writeStep(StepBatch batch, int from, int to) {
    Map<Integer, Integer> tables = new HashMap<>();
    List<int[]> written = new ArrayList<>();
    int longest = 0;
    for (int row = from; row < to; row++) {
      int slot = batch.slots()[row];
      var known = tables.get(slot);
      if (known == null) {
        known = written.size() * pageCount;
        var table = batch.pageTables()[slot];
        for (int i = 0; i < table.length; i++) {
          memory.tables.set(known + i, table[i]);
        }
        written.add(table);
        tables.put(slot, known);
      }
      memory.step.set(Step.TOKENS + row - from, batch.tokens()[row]);
      memory.step.set(Step.POSITIONS + row - from, batch.positions()[row]);
      memory.step.set(Step.TABLES + row - from, known);
      longest = Math.max(longest, batch.positions()[row]);
    }
    return longest;
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
