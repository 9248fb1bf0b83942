package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.LowRank;
import io.witan.engine.graph.Matrix;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The adapters of a program as its kernels find them. For each changed matrix and each adapter the
 * directory says where A and B begin among the numbers, and their rank, 0 where the adapter leaves
 * the matrix as it is. A lies as in the file; B is {@code [count, rank, rows]} and multiplied by
 * the scale, so that neighbouring work items read neighbouring numbers.
 */
final class AdapterArrays {
  /** Numbers of the directory for one matrix and one adapter. */
  static final int ENTRY = 3;

  private final Map<String, Integer> entries = new TreeMap<>();
  private final Map<String, Integer> ranks = new TreeMap<>();
  private final int slots;

  final IntArray directory;
  final FloatArray numbers;

  /**
   * @param adapters by their numbers less one
   * @throws EngineException if they are too large for one array
   */
  AdapterArrays(List<@Nullable Adapter> adapters) {
    this.slots = adapters.size();
    long size = 0;
    for (var adapter : adapters) {
      if (adapter != null) {
        adapter.changes().forEach((name, it) -> ranks.merge(name, it.rank(), Math::max));
        for (var change : adapter.changes().values()) {
          size += (long) change.a().length + change.b().length;
        }
      }
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new EngineException.Unsupported(
          "the adapters are too large for one array of the device: %d numbers".formatted(size));
    }
    ranks.keySet().forEach(name -> entries.put(name, entries.size() * slots * ENTRY));
    this.directory = new IntArray(Math.max(1, entries.size() * slots * ENTRY));
    this.numbers = new FloatArray(Math.max(1, (int) size));
    directory.init(0);
    int at = 0;
    for (int slot = 0; slot < slots; slot++) {
      var adapter = adapters.get(slot);
      if (adapter != null) {
        for (var change : new TreeMap<>(adapter.changes()).entrySet()) {
          int entry = entries.getOrDefault(change.getKey(), 0) + slot * ENTRY;
          at = put(change.getValue(), entry, at);
        }
      }
    }
  }

  private int put(LowRank change, int entry, int from) {
    int at = from;
    directory.set(entry, at);
    for (float number : change.a()) {
      numbers.set(at++, number);
    }
    directory.set(entry + 1, at);
    directory.set(entry + 2, change.rank());
    for (int matrix = 0; matrix < change.count(); matrix++) {
      for (int rank = 0; rank < change.rank(); rank++) {
        for (int row = 0; row < change.rows(); row++) {
          int index = (matrix * change.rows() + row) * change.rank() + rank;
          numbers.set(at++, change.scale() * change.b()[index]);
        }
      }
    }
    return at;
  }

  boolean areNone() {
    return ranks.isEmpty();
  }

  /** Whether any of them changes it. */
  boolean change(Matrix matrix) {
    return ranks.containsKey(matrix.name());
  }

  /** The largest rank of its changes, 0 without any. */
  int rankOf(Matrix matrix) {
    return ranks.getOrDefault(matrix.name(), 0);
  }

  /** Where its entries begin in the directory, if anything changes it. */
  int entryOf(Matrix matrix) {
    return entries.getOrDefault(matrix.name(), 0);
  }

  /** What they take. */
  long bytes() {
    return 4L * (directory.getSize() + (long) numbers.getSize());
  }
}
