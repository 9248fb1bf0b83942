package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much of a device's memory a program may take, and has taken. */
final class DeviceBudget {
  private final long limit;
  private long taken;

  DeviceBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Looks before anything is copied whether weights, keys and values and activations fit.
   *
   * @throws EngineException if not
   */
  void require(Graph graph, Weights weights, BackendOptions options) {
    long matrices = 0;
    for (var matrix : matricesOf(graph).values()) {
      matrices += DeviceMatrix.paddedBytes(matrix, weights.get(matrix.name()));
    }
    long cache =
        options.kvFormat().bytes(2L * graph.layers() * graph.keyWidth() * options.cacheTokens());
    long buffers = 0;
    for (int width : graph.bufferWidths()) {
      buffers += (long) Float.BYTES * Step.MAX_ROWS * width;
    }
    if (matrices + cache + buffers > limit) {
      throw new EngineException.Unsupported(
          "it needs %s of the device's memory (weights %s, keys and values %s), of which %s may be taken"
              .formatted(
                  megabytes(matrices + cache + buffers),
                  megabytes(matrices),
                  megabytes(cache),
                  megabytes(limit)));
    }
  }

  private static String megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000) + " MB";
  }

  /**
   * Counts an array, or what one takes more than the one whose place it takes.
   *
   * @throws EngineException if it is too much; it is not counted then
   */
  void take(long bytes) {
    if (taken + bytes <= limit) {
      taken += bytes;
    } else {
      throw new EngineException.Unsupported(
          "it needs more than %s of the device's memory".formatted(megabytes(limit)));
    }
  }

  /** Bytes of all arrays. */
  long taken() {
    return taken;
  }

  /** The matrices that operations name, each once. */
  private static Map<String, Matrix> matricesOf(Graph graph) {
    Map<String, Matrix> found = new HashMap<>();
    for (var operation : graph.operations()) {
      for (var part : operation.getClass().getRecordComponents()) {
        if (read(part, operation) instanceof Matrix matrix) {
          found.put(matrix.name(), matrix);
        }
      }
    }
    return found;
  }

  private static @Nullable Object read(RecordComponent part, Object operation) {
    try {
      return part.getAccessor().invoke(operation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
