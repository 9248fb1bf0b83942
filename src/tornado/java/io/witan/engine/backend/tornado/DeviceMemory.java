package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.KvFormat;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Alibi;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Rope;
import io.witan.engine.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The arrays of a program: weights, buffers of activations, keys and values, tables. */
final class DeviceMemory {
  /** What a plan's kernels use, each array once, in the order in which it was asked for. */
  private final List<TornadoNativeArray> used = new ArrayList<>();

  private final Set<TornadoNativeArray> isUsed = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<String, DeviceMatrix> matrices = new HashMap<>();
  private final Map<List<Integer>, IntArray> shapes = new HashMap<>();
  private final Map<Rope, FloatArray> turns = new HashMap<>();
  private final Map<String, FloatArray> scratch = new HashMap<>();
  private final List<FloatArray> buffers = new ArrayList<>();
  private final List<DeviceMatrix> keys = new ArrayList<>();
  private final List<DeviceMatrix> values = new ArrayList<>();
  private final Weights weights;
  private final DeviceBudget budget;
  private final int positions;
  private AdapterArrays adapters = new AdapterArrays(List.of());

  /** What a step is about; see {@link Step}. */
  final IntArray step = new IntArray(Step.SIZE);

  /** Pages of each sequence that has a place. */
  final IntArray tables;

  /** The likeliest token of each wanted row. */
  final IntArray likeliest = new IntArray(Step.MAX_ROWS);

  final FloatArray noFloats = new FloatArray(1);

  DeviceMemory(Graph graph, Weights weights, BackendOptions options, int pages) {
    this.weights = weights;
    this.budget = new DeviceBudget(options.deviceMemory());
    budget.require(graph, weights, options);
    this.positions = pages * AttentionKernels.PAGE;
    this.tables = new IntArray(Math.multiplyExact(PageTables.PLACES, pages));
    budget.take(4L * (Step.SIZE + tables.getSize()));
    for (int width : graph.bufferWidths()) {
      buffers.add(floats(Math.multiplyExact(Step.MAX_ROWS, width)));
    }
    if (options.kvFormat() == KvFormat.Q8_0 && graph.headSize() % KvFormat.BLOCK != 0) {
      throw new EngineException.Unsupported(
          "keys and values as Q8_0 need heads of a multiple of %d numbers, not %d"
              .formatted(KvFormat.BLOCK, graph.headSize()));
    }
    int numbers = Math.multiplyExact(positions, graph.keyWidth());
    for (int layer = 0; layer < graph.layers(); layer++) {
      keys.add(cache(numbers, options.kvFormat()));
      values.add(cache(numbers, options.kvFormat()));
    }
  }

  private DeviceMatrix cache(int numbers, KvFormat format) {
    return switch (format) {
      case F32 -> new DeviceMatrix(floats(numbers), words(1), Numbers.F32, 0);
      case F16 -> new DeviceMatrix(floats(1), words(numbers / 2), Numbers.F16, 0);
      case Q8_0 ->
          new DeviceMatrix(
              floats(numbers / AttentionKernels.BLOCK), words(numbers / 4), Numbers.Q8_0, 0);
    };
  }

  private IntArray words(int size) {
    budget.take(4L * size);
    return new IntArray(size);
  }

  private FloatArray floats(int size) {
    budget.take(4L * size);
    return new FloatArray(size);
  }

  /** Constants that a kernel reads. */
  IntArray shape(int... numbers) {
    return use(
        shapes.computeIfAbsent(
            IntStream.of(numbers).boxed().toList(), key -> IntArray.fromArray(numbers)));
  }

  FloatArray buffer(Value value) {
    return use(buffers.get(value.buffer()));
  }

  DeviceMatrix keys(int layer) {
    return use(keys.get(layer));
  }

  DeviceMatrix values(int layer) {
    return use(values.get(layer));
  }

  /** Memory that lives within an operation, shared by all operations that ask for this size. */
  FloatArray scratch(String name, int size) {
    return use(scratch.computeIfAbsent(name + size, key -> floats(size)));
  }

  DeviceMatrix matrix(Matrix matrix) {
    return use(
        matrices.computeIfAbsent(
            matrix.name(),
            name -> {
              var made = DeviceMatrix.of(matrix, weights.get(name));
              budget.take(made.bytes());
              return made;
            }));
  }

  /** A vector as floats, whatever its format. */
  FloatArray vector(Matrix matrix) {
    var made = matrix(matrix);
    if (made.format() != Numbers.F32) {
      throw new EngineException.Unsupported("the vector " + matrix.name() + " is not F32");
    }
    return made.floats();
  }

  /** Cosine and sine of each position and pair, computed in double. */
  FloatArray turns(Rope rope) {
    return use(turns.computeIfAbsent(rope, this::computeTurns));
  }

  private FloatArray computeTurns(Rope rope) {
    int pairs = rope.dimensions() / 2;
    var factors = rope.factors();
    var divisors = factors == null ? null : vector(factors);
    var array = floats(Math.multiplyExact(positions, 2 * pairs));
    for (int pair = 0; pair < pairs; pair++) {
      double angle = rope.scaleOf(pair) * Math.pow(rope.base(), -2.0 * pair / rope.dimensions());
      angle = divisors == null ? angle : angle / divisors.get(pair);
      for (int position = 0; position < positions; position++) {
        int at = (position * pairs + pair) * 2;
        array.set(at, (float) (Math.cos(position * angle) * rope.magnitude()));
        array.set(at + 1, (float) (Math.sin(position * angle) * rope.magnitude()));
      }
    }
    return array;
  }

  /** How fast each head's scores sink with distance. */
  FloatArray slopes(int heads, float maxBias) {
    var array = scratch("slopes " + maxBias + " ", heads);
    var slopes = Alibi.slopes(heads, maxBias);
    for (int head = 0; head < heads; head++) {
      array.set(head, slopes[head]);
    }
    return array;
  }

  /** What all arrays take. */
  long bytes() {
    return budget.taken();
  }

  /** What the kernels use that were made since {@link #begin}, to be copied once. */
  Object[] resident() {
    return used.toArray();
  }

  /** Keys and values of all layers. */
  List<TornadoNativeArray> cache() {
    var all = new ArrayList<TornadoNativeArray>();
    for (var each : keys) {
      all.addAll(List.of(each.floats(), each.words()));
    }
    for (var each : values) {
      all.addAll(List.of(each.floats(), each.words()));
    }
    return all;
  }

  /** The adapters that kernels use. */
  AdapterArrays adapters() {
    return adapters;
  }

  /**
   * Begins a plan.
   *
   * @throws EngineException if its adapters need too much memory; nothing is changed then
   */
  void begin(AdapterArrays those) {
    budget.take(those.bytes() - adapters.bytes());
    adapters = those;
    used.clear();
    isUsed.clear();
    use(noFloats);
    use(likeliest);
    if (!those.areNone()) {
      use(those.directory);
      use(those.numbers);
    }
  }

  private <A extends TornadoNativeArray> A use(A array) {
    if (isUsed.add(array)) {
      used.add(array);
    }
    return array;
  }

  private DeviceMatrix use(DeviceMatrix matrix) {
    use(matrix.floats());
    use(matrix.words());
    return matrix;
  }
}
