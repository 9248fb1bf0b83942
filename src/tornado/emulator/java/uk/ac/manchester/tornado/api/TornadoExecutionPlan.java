package uk.ac.manchester.tornado.api;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.TaskGraph.Kernel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Runs task graphs. The device's copies of arrays are apart from the host's, and what was never
 * copied is garbage there, so that a forgotten transfer shows. Each graph has copies of its own but
 * of what it consumes from another, which must have run and persisted it.
 */
public class TornadoExecutionPlan implements AutoCloseable {
  private final List<TaskGraph> graphs;
  private final Map<TaskGraph, Map<TornadoNativeArray, TornadoNativeArray>> devices =
      new IdentityHashMap<>();
  private TaskGraph graph;
  private Map<TornadoNativeArray, TornadoNativeArray> device = new IdentityHashMap<>();
  private GridScheduler grids = new GridScheduler();

  public TornadoExecutionPlan(ImmutableTaskGraph... graphs) {
    this.graphs = Arrays.stream(graphs).map(each -> each.graph).toList();
    this.graph = this.graphs.getFirst();
  }

  public TornadoExecutionPlan withGraph(int graphIndex) {
    graph = graphs.get(graphIndex);
    return this;
  }

  public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
    this.grids = gridScheduler;
    return this;
  }

  public TornadoExecutionPlan withDevice(TornadoDevice only) {
    return this;
  }

  private void consume() {
    for (var each : graph.consumed.entrySet()) {
      var array = (TornadoNativeArray) each.getKey();
      var source =
          graphs.stream()
              .filter(other -> other.name.equals(each.getValue()))
              .filter(other -> other.persisted.contains(array))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("nobody persists what is consumed"));
      var twin = devices.getOrDefault(source, Map.of()).get(array);
      if (twin == null) {
        throw new IllegalStateException(source.name + " has not run");
      }
      device.put(array, twin);
    }
  }

  public TornadoExecutionResult execute() {
    device = devices.computeIfAbsent(graph, key -> new IdentityHashMap<>());
    consume();
    for (var transfer : graph.toDevice) {
      for (var array : transfer.arrays()) {
        copyToDevice(transfer.mode(), (TornadoNativeArray) array);
      }
    }
    for (var kernel : graph.kernels) {
      launch(kernel);
    }
    for (var transfer : graph.toHost) {
      if (transfer.mode() != DataTransferMode.UNDER_DEMAND) {
        for (var array : transfer.arrays()) {
          var host = (TornadoNativeArray) array;
          copyToHost(host, 0, host.getNumBytesOfSegment());
        }
      }
    }
    return new TornadoExecutionResult(this);
  }

  private void copyToDevice(int mode, TornadoNativeArray host) {
    var twin = device.get(host);
    if (twin == null) {
      twin = host.uninitialised();
      device.put(host, twin);
    } else if (mode == DataTransferMode.FIRST_EXECUTION) {
      return;
    }
    twin.getSegment().copyFrom(host.getSegment());
    Emulator.BYTES_TO_DEVICE.addAndGet(host.getNumBytesOfSegment());
  }

  void copyToHost(TornadoNativeArray host, long from, long bytes) {
    var twin = device.get(host);
    if (twin == null) {
      throw new IllegalStateException("an array that is not on the device");
    }
    host.getSegment().asSlice(from, bytes).copyFrom(twin.getSegment().asSlice(from, bytes));
    Emulator.BYTES_TO_HOST.addAndGet(bytes);
  }

  private void launch(Kernel kernel) {
    var grid = grids.get(graph.name + "." + kernel.id());
    if (grid == null) {
      throw new IllegalStateException("no grid for " + kernel.id());
    }
    var arguments = kernel.arguments().clone();
    int contextAt = -1;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof TornadoNativeArray host) {
        arguments[i] = device.computeIfAbsent(host, TornadoNativeArray::uninitialised);
      } else if (arguments[i] instanceof KernelContext) {
        contextAt = i;
      }
    }
    int global = Math.toIntExact(grid.getGlobalWork()[0]);
    int local = Math.toIntExact(grid.getLocalWork()[0]);
    if (contextAt < 0 || local < 1 || global % local != 0) {
      throw new IllegalStateException(kernel.id() + ": " + global + " items by " + local);
    }
    int at = contextAt;
    var group =
        new WorkGroup(
            local,
            global,
            context -> {
              arguments[at] = context;
              kernel.code().run(arguments);
            });
    for (int i = 0; i < global / local; i++) {
      group.run(i);
    }
    Emulator.LAUNCHES.incrementAndGet();
  }

  public TornadoExecutionPlan freeDeviceMemory() {
    devices.clear();
    return this;
  }

  @Override
  public void close() throws TornadoExecutionPlanException {
    devices.clear();
  }
}
