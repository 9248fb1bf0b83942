package io.witan.engine.backend.tornado;

import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.graph.Graph;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** One task graph of all layers, whose grids follow the step, and those that feed it. */
final class DevicePlan {
  private static final String NAME = "step";

  /** Where a plan runs, and how. */
  record Place(int device, int pageCount, int lanes) {}

  private final DeviceMemory memory;
  private final StepFeed feed;
  private final int main;
  private final Launches launches;
  private final TornadoExecutionPlan plan;
  private final FloatArray logits;
  private final int logitStride;
  private final int logitOffset;
  private final int vocabulary;
  private @Nullable TornadoExecutionResult latest;

  /** Touches nothing of the device; {@code memory} has begun with the adapters it shall have. */
  DevicePlan(Graph graph, DeviceMemory memory, Place place) {
    this.memory = memory;
    this.launches = new Launches(NAME, place.lanes);
    this.feed = new StepFeed(memory, place.pageCount, place.lanes);
    this.logits = memory.buffer(graph.logits());
    this.logitStride = graph.bufferWidths().get(graph.logits().buffer());
    this.logitOffset = graph.logits().offset();
    this.vocabulary = graph.logits().width();
    // transfers must come before tasks, and what they copy is known once the tasks were made
    new TaskCompiler(graph, memory, new TaskGraph("draft"), new Launches("draft", place.lanes))
        .compile();
    var kernels = new TaskGraph(NAME);
    kernels.consumeFromDevice(StepFeed.FIRST, memory.step, memory.tables);
    kernels.transferToDevice(DataTransferMode.FIRST_EXECUTION, memory.resident());
    new TaskCompiler(graph, memory, kernels, launches).compile();
    kernels.transferToHost(DataTransferMode.UNDER_DEMAND, logits, memory.likeliest);
    kernels.transferToHost(DataTransferMode.UNDER_DEMAND, memory.cache().toArray());
    var graphs = new ArrayList<>(feed.graphs());
    this.main = graphs.size();
    graphs.add(kernels.snapshot());
    this.plan =
        new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new))
            .withDevice(TornadoDevices.get(place.device));
  }

  /** Brings everything to the device and has it compile the kernels, in a step without rows. */
  void open() {
    feed.open(plan);
    latest = plan.withGraph(main).withGridScheduler(launches.gridsFor(1, 1, 1)).execute();
  }

  /** Brings keys and values back, for another plan. */
  void keepCache() {
    if (latest != null) {
      for (TornadoNativeArray array : memory.cache()) {
        latest.transferToHost(new DataRange(array));
      }
    }
  }

  /** Kernels started for one part of a step. */
  int launches() {
    return launches.count();
  }

  /**
   * Runs some rows of a batch.
   *
   * @param found how many rows whose logits are wanted came before
   * @return how many there are then
   */
  int run(StepBatch batch, int from, int to, StepResult results, int found) {
    var shape = feed.send(plan, batch, from, to, found);
    var result =
        plan.withGraph(main)
            .withGridScheduler(launches.gridsFor(to - from, shape.splits(), shape.wanted()))
            .execute();
    latest = result;
    take(result, batch, results, found, shape.wanted());
    return found + shape.wanted();
  }

  private void take(
      TornadoExecutionResult result, StepBatch batch, StepResult results, int found, int wanted) {
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
        results.likeliest()[found + i] = memory.likeliest.get(i);
        results.logits()[found + i] = new float[0];
      } else {
        results.likeliest()[found + i] = StepResult.UNKNOWN;
        results.logits()[found + i] = logitsOf(i);
      }
    }
  }

  private float[] logitsOf(int row) {
    var numbers = new float[vocabulary];
    long from = 4L * ((long) row * logitStride + logitOffset);
    MemorySegment.copy(
        logits.getSegment(), ValueLayout.JAVA_FLOAT, from, numbers, 0, numbers.length);
    return numbers;
  }

  void close() {
    try {
      plan.freeDeviceMemory();
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("TornadoVM could not free the device's memory", e);
    }
  }
}
