package io.witan.engine.backend.tornado;

import io.witan.engine.DeviceSpeed;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Measures a device: how fast it reads its memory, and what starting kernels costs. */
final class DeviceProbe {
  /** Several times a GPU's cache. */
  private static final long READ_BYTES = 256L << 20;

  private static final long EMULATED_BYTES = 1L << 16;
  private static final int PASSES = 16;
  private static final int KERNELS = 64;
  private static final int REPETITIONS = 20;

  private final TornadoDevice device;
  private final int lanes;
  private final int groups;

  DeviceProbe(TornadoDevice device, int lanes, int groups) {
    this.device = device;
    this.lanes = lanes;
    this.groups = groups;
  }

  DeviceSpeed measure() {
    double one = empty(1);
    double many = empty(KERNELS);
    double launch = Math.max(0, many - one) / (KERNELS - 1);
    long bytes = TornadoBackend.isEmulated() ? EMULATED_BYTES : READ_BYTES;
    double reading = Math.max(1e-9, read(bytes) - one);
    return new DeviceSpeed(PASSES * (double) bytes / reading, one, launch);
  }

  private double empty(int kernels) {
    var marks = new IntArray(1);
    var graph = new TaskGraph("empty");
    var grids = new GridScheduler();
    for (int i = 0; i < kernels; i++) {
      graph.task("nothing" + i, DeviceProbe::mark, new KernelContext(), marks);
      grids.addWorkerGrid("empty.nothing" + i, grid(1));
    }
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, marks);
    return median(graph, grids);
  }

  private double read(long bytes) {
    var numbers = new IntArray((int) (bytes / Integer.BYTES));
    numbers.init(1);
    var sums = new IntArray(groups * lanes);
    var graph = new TaskGraph("reading");
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers);
    graph.task(
        "sum", DeviceProbe::sum, new KernelContext(), numbers, sums, PASSES, numbers.getSize());
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, sums);
    var grids = new GridScheduler();
    grids.addWorkerGrid("reading.sum", grid(groups));
    return median(graph, grids);
  }

  private WorkerGrid1D grid(int count) {
    var grid = new WorkerGrid1D(count * lanes);
    grid.setLocalWork(lanes, 1, 1);
    return grid;
  }

  /** Seconds of one execution, after one that compiles and uploads. */
  private double median(TaskGraph graph, GridScheduler grids) {
    var plan = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
    try {
      plan.withGridScheduler(grids).execute();
      double[] seconds = new double[REPETITIONS];
      for (int i = 0; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        plan.withGridScheduler(grids).execute();
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
      Arrays.sort(seconds);
      return seconds[REPETITIONS / 2];
    } finally {
      close(plan);
    }
  }

  private static void close(TornadoExecutionPlan plan) {
    try {
      plan.freeDeviceMemory();
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("TornadoVM could not free the device's memory", e);
    }
  }

  /** Next to nothing, so that it is not taken away. */
  static void mark(KernelContext context, IntArray marks) {
    if (context.globalIdx == 0) {
      marks.set(0, 1);
    }
  }

  /** Reads all numbers, neighbouring items neighbouring ones. */
  static void sum(KernelContext context, IntArray numbers, IntArray sums, int passes, int count) {
    int item = context.globalIdx;
    int items = context.globalGroupSizeX;
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      for (int i = item; i < count; i += items) {
        sum = sum ^ (numbers.get(i) + pass);
      }
    }
    sums.set(item, sum);
  }
}
