package io.witan.engine.backend.cpu;

import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.backend.Weights;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Alibi;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Operation.Activate;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Attend;
import io.witan.engine.graph.Operation.Clamp;
import io.witan.engine.graph.Operation.Embed;
import io.witan.engine.graph.Operation.Gate;
import io.witan.engine.graph.Operation.MixExperts;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.graph.Operation.Normalize;
import io.witan.engine.graph.Operation.Rotate;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Operation.Scale;
import io.witan.engine.graph.Operation.SelectRows;
import io.witan.engine.graph.Operation.Softcap;
import io.witan.engine.graph.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Interprets a graph operation by operation, row by row. */
final class ScalarProgram implements Program {
  private final Graph graph;
  private final Weights weights;
  private final KvCache cache;
  private final Map<String, float[]> vectors = new HashMap<>();

  ScalarProgram(Graph graph, Weights weights, BackendOptions options) {
    this.graph = graph;
    this.weights = weights;
    this.cache = new KvCache(graph, options.kvFormat(), options.cacheTokens());
  }

  @Override
  public CachePages pages() {
    return cache;
  }

  @Override
  public synchronized StepResult run(StepBatch batch) {
    var step = new Step(batch);
    for (var operation : graph.operations()) {
      step.run(operation);
    }
    var logits = new float[step.rows][];
    for (int row = 0; row < step.rows; row++) {
      logits[row] = step.rowOf(graph.logits(), row);
    }
    return new StepResult(logits);
  }

  @Override
  public void close() {}

  /** The activations of one step. */
  private final class Step {
    private final StepBatch batch;
    private final float[][] buffers;
    private int rows;

    Step(StepBatch batch) {
      this.batch = batch;
      this.rows = batch.rows();
      this.buffers = new float[graph.bufferWidths().size()][];
      for (int i = 0; i < buffers.length; i++) {
        buffers[i] = new float[rows * graph.bufferWidths().get(i)];
      }
    }

    void run(Operation operation) {
      if (operation instanceof SelectRows select) {
        select(select.value());
        return;
      }
      for (int row = 0; row < rows; row++) {
        run(operation, row);
      }
    }

    private void run(Operation operation, int row) {
      switch (operation) {
        case Embed embed ->
            write(embed.out(), row, weightRow(embed.table(), 0, batch.tokens()[row]));
        case Scale scale -> update(scale.value(), row, x -> x * scale.factor());
        case Clamp clamp ->
            update(clamp.value(), row, x -> Math.clamp(x, -clamp.limit(), clamp.limit()));
        case Softcap softcap ->
            update(
                softcap.value(),
                row,
                x -> (float) (softcap.limit() * Math.tanh(x / softcap.limit())));
        case Normalize normalize -> normalize(normalize, row);
        case Multiply multiply ->
            write(
                multiply.out(),
                row,
                product(multiply.weight(), 0, multiply.bias(), rowOf(multiply.in(), row)));
        case Rotate rotate -> rotate(rotate, row);
        case Attend attend -> attend(attend, row);
        case Add add -> {
          var addend = rowOf(add.addend(), row);
          var target = rowOf(add.target(), row);
          for (int i = 0; i < target.length; i++) {
            target[i] += add.factor() * addend[i];
          }
          write(add.target(), row, target);
        }
        case Activate activate -> {
          var up = activate.up();
          write(
              activate.out(),
              row,
              ScalarMath.activate(
                  activate.activation(),
                  rowOf(activate.gate(), row),
                  up == null ? null : rowOf(up, row)));
        }
        case Gate gate -> {
          float factor = (float) ScalarMath.sigmoid(rowOf(gate.gate(), row)[0]);
          update(gate.value(), row, x -> x * factor);
        }
        case Route route ->
            write(route.routes(), row, ScalarMath.route(route, rowOf(route.logits(), row)));
        case MixExperts mix -> mix(mix, row);
        case SelectRows select ->
            throw new IllegalStateException("not an operation of one row: " + select);
      }
    }

    private void normalize(Normalize normalize, int row) {
      var bias = normalize.bias();
      var values = rowOf(normalize.in(), row);
      ScalarMath.normalize(
          normalize.kind(),
          values,
          vector(normalize.weight()),
          bias == null ? null : vector(bias),
          normalize.epsilon());
      write(normalize.out(), row, values);
    }

    private void rotate(Rotate rotate, int row) {
      var heads = rowOf(rotate.heads(), row);
      var angles = RopeTable.anglesOf(rotate.rope(), weights);
      for (int at = 0; at < heads.length; at += rotate.headSize()) {
        ScalarMath.rotate(rotate.rope(), heads, at, angles, batch.positions()[row]);
      }
      write(rotate.heads(), row, heads);
    }

    private void attend(Attend attend, int row) {
      int position = batch.positions()[row];
      int[] table = batch.pageTables()[batch.slots()[row]];
      var keys = rowOf(attend.key(), row);
      var values = rowOf(attend.value(), row);
      int size = attend.headSize();
      for (int head = 0; head < attend.keyHeads(); head++) {
        cache.store(
            table[position / KvCache.PAGE_TOKENS],
            attend.layer(),
            head,
            position % KvCache.PAGE_TOKENS,
            keys,
            head * size,
            values,
            head * size);
      }
      var queries = rowOf(attend.query(), row);
      var out = new float[queries.length];
      for (int head = 0; head < attend.heads(); head++) {
        attendHead(attend, head, position, table, queries, out);
      }
      write(attend.out(), row, out);
    }

    private void attendHead(
        Attend attend, int head, int position, int[] table, float[] queries, float[] out) {
      int size = attend.headSize();
      int keyHead = head / (attend.heads() / attend.keyHeads());
      float slope = Alibi.slopes(attend.heads(), attend.maxBias())[head];
      var scores = new double[position + 1];
      for (int other = 0; other <= position; other++) {
        int page = table[other / KvCache.PAGE_TOKENS];
        int place = other % KvCache.PAGE_TOKENS;
        double sum = 0;
        for (int i = 0; i < size; i++) {
          float key = cache.key(page, attend.layer(), keyHead, place, i);
          sum += (double) queries[head * size + i] * key;
        }
        double score = sum * attend.scale();
        scores[other] =
            slope * (other - position)
                + (attend.softcap() > 0
                    ? attend.softcap() * Math.tanh(score / attend.softcap())
                    : score);
      }
      ScalarMath.softmax(scores);
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int other = 0; other <= position; other++) {
          int place = other % KvCache.PAGE_TOKENS;
          sum +=
              scores[other]
                  * cache.value(
                      table[other / KvCache.PAGE_TOKENS], attend.layer(), keyHead, place, i);
        }
        out[head * size + i] = (float) sum;
      }
    }

    private void mix(MixExperts mix, int row) {
      var in = rowOf(mix.in(), row);
      var routes = rowOf(mix.routes(), row);
      var sum = new float[mix.out().width()];
      for (int i = 0; i < mix.used(); i++) {
        int expert = (int) routes[i];
        var gate = product(mix.gate(), expert, null, in);
        var up = product(mix.up(), expert, null, in);
        var hidden = ScalarMath.activate(mix.activation(), gate, up);
        var down = product(mix.down(), expert, null, hidden);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += routes[mix.used() + i] * down[j];
        }
      }
      write(mix.out(), row, sum);
    }

    private void select(Value value) {
      int kept = 0;
      for (int row : batch.logitRows()) {
        write(value, kept++, rowOf(value, row));
      }
      rows = kept;
    }

    private float[] rowOf(Value value, int row) {
      int stride = graph.bufferWidths().get(value.buffer());
      int from = row * stride + value.offset();
      return java.util.Arrays.copyOfRange(buffers[value.buffer()], from, from + value.width());
    }

    private void write(Value value, int row, float[] numbers) {
      int stride = graph.bufferWidths().get(value.buffer());
      System.arraycopy(
          numbers, 0, buffers[value.buffer()], row * stride + value.offset(), value.width());
    }

    private void update(Value value, int row, FloatChange change) {
      var numbers = rowOf(value, row);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = change.apply(numbers[i]);
      }
      write(value, row, numbers);
    }
  }

  @FunctionalInterface
  private interface FloatChange {
    float apply(float x);
  }

  private float[] product(Matrix matrix, int index, @Nullable Matrix bias, float[] in) {
    var out = new float[matrix.rows()];
    for (int row = 0; row < out.length; row++) {
      var numbers = weightRow(matrix, index, row);
      double sum = 0;
      for (int i = 0; i < in.length; i++) {
        sum += (double) numbers[i] * in[i];
      }
      out[row] = (float) sum + (bias == null ? 0 : vector(bias)[row]);
    }
    return out;
  }

  private float[] weightRow(Matrix matrix, int index, int row) {
    GgufTensor tensor = weights.get(matrix.name());
    var out = new float[matrix.columns()];
    long rowBytes = tensor.format().bytes(out.length);
    BlockDecoder.of(tensor.format(), tensor.name())
        .decode(tensor.data(), ((long) index * matrix.rows() + row) * rowBytes, out.length, out, 0);
    return out;
  }

  private float[] vector(Matrix matrix) {
    return vectors.computeIfAbsent(
        matrix.name(), name -> BlockDecoder.decodeAll(weights.get(name)));
  }
}
