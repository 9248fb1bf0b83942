package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a checkpoint.
 *
 * @param dtype as the file names it; understood only when the tensor is read
 * @param extents the slowest first, as PyTorch has them
 * @param data exactly its bytes, mapped
 */
record SourceTensor(String name, String dtype, List<Long> extents, MemorySegment data) {
  SourceTensor {
    extents = List.copyOf(extents);
  }

  long elements() {
    return extents.stream().reduce(1L, (left, right) -> left * right);
  }

  /** The extents without those of 1, the fastest first; at least one. */
  long[] squeezed() {
    long[] all = extents.reversed().stream().mapToLong(Long::longValue).toArray();
    long[] longer = Arrays.stream(all).filter(extent -> extent != 1).toArray();
    return longer.length == 0 ? new long[] {1} : longer;
  }

  /** Elements of one step along the slowest extent. */
  long slice() {
    return extents.isEmpty() ? 1 : elements() / extents.getFirst();
  }

  void read(long first, int count, float[] into, int at) {
    var format = SourceFormat.named(dtype, name);
    for (int i = 0; i < count; i++) {
      into[at + i] = format.at(data, first + i);
    }
  }

  EngineException misshapen(String wanted) {
    return new EngineException.InvalidFile(
        "the tensor %s has the shape %s; wanted: %s".formatted(name, extents, wanted));
  }
}
