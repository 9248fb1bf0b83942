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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The arrays of a program: weights, buffers of activations, keys and values, tables. */
final class DeviceMemory {
  /** Everything that is copied once, in the order it was made. */
  private final List<Object> resident = new ArrayList<>();

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
    resident.add(noFloats);
    resident.add(likeliest);
    for (int width : graph.bufferWidths()) {
      buffers.add(floats(Math.multiplyExact(Step.MAX_ROWS, width)));
    }
    if (options.kvFormat() == KvFormat.Q8_0) {
      throw new EngineException.Unsupported("TornadoVM keeps keys and values as f16 or f32 only");
    }
    int numbers = Math.multiplyExact(positions, graph.keyWidth());
    for (int layer = 0; layer < graph.layers(); layer++) {
      keys.add(cache(numbers, options.kvFormat()));
      values.add(cache(numbers, options.kvFormat()));
    }
  }

  private DeviceMatrix cache(int numbers, KvFormat format) {
    var floats = floats(format == KvFormat.F32 ? numbers : 1);
    var words = new IntArray(format == KvFormat.F32 ? 1 : numbers / 2);
    budget.take(4L * words.getSize());
    resident.add(words);
    return new DeviceMatrix(floats, words, format == KvFormat.F32 ? Numbers.F32 : Numbers.F16, 0);
  }

  private FloatArray floats(int size) {
    budget.take(4L * size);
    var array = new FloatArray(size);
    resident.add(array);
    return array;
  }

  /** Constants that a kernel reads. */
  IntArray shape(int... numbers) {
    return shapes.computeIfAbsent(
        IntStream.of(numbers).boxed().toList(),
        key -> {
          var array = IntArray.fromArray(numbers);
          resident.add(array);
          return array;
        });
  }

  FloatArray buffer(Value value) {
    return buffers.get(value.buffer());
  }

  DeviceMatrix keys(int layer) {
    return keys.get(layer);
  }

  DeviceMatrix values(int layer) {
    return values.get(layer);
  }

  /** Memory that lives within an operation, shared by all operations that ask for this size. */
  FloatArray scratch(String name, int size) {
    return scratch.computeIfAbsent(name + size, key -> floats(size));
  }

  DeviceMatrix matrix(Matrix matrix) {
    return matrices.computeIfAbsent(
        matrix.name(),
        name -> {
          var made = DeviceMatrix.of(matrix, weights.get(name));
          budget.take(made.bytes());
          resident.add(made.floats());
          resident.add(made.words());
          return made;
        });
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
    return turns.computeIfAbsent(rope, this::computeTurns);
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

  Object[] resident() {
    return resident.toArray();
  }
}
