package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Activation;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where kernels are being added.
 *
 * @param rowsAt where a step says how many rows there are: all, or those whose logits are wanted
 */
record TaskSite(
    Graph graph,
    DeviceMemory memory,
    TaskGraph tasks,
    Launches launches,
    KernelContext context,
    int rowsAt) {

  int stride(Value value) {
    return graph.bufferWidths().get(value.buffer());
  }

  Extent extent() {
    return rowsAt == Step.ROWS ? Extent.ROWS : Extent.WANTED_ROWS;
  }

  TaskSite ofWantedRows() {
    return new TaskSite(graph, memory, tasks, launches, context, Step.LOGIT_ROWS);
  }

  FloatArray bias(@Nullable Matrix bias) {
    return bias == null ? memory.noFloats : memory.vector(bias);
  }

  static int kindOf(Activation activation) {
    return switch (activation.name()) {
      case "SILU" -> RowKernels.SILU;
      case "GELU" -> RowKernels.GELU;
      default -> throw unsupported("the activation " + activation);
    };
  }

  static EngineException unsupported(String what) {
    return new EngineException.Unsupported(what + " has no TornadoVM kernel");
  }
}
