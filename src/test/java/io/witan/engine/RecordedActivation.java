package io.witan.engine;

import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Attend;
import io.witan.engine.graph.Operation.Clamp;
import io.witan.engine.graph.Operation.MixExperts;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.graph.Operation.Normalize;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the peer had after one of its operations, for the rows of a prompt that it kept: the last
 * ones.
 *
 * @param name the peer's name of it and its operation, such as {@code Qcur-0 ROPE}
 * @param width numbers of a row
 * @param values {@code [rows, width]}
 */
record RecordedActivation(String name, int width, double[] values) {

  /** All that were recorded for a fixture, in the order in which the peer computed them. */
  static List<RecordedActivation> all(Path index, Path data) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(data)).order(ByteOrder.LITTLE_ENDIAN);
    var all = new ArrayList<RecordedActivation>();
    for (var entry : JsonMapper.builder().build().readTree(index.toFile())) {
      all.add(of(entry, bytes));
    }
    return all;
  }

  private static RecordedActivation of(JsonNode entry, ByteBuffer bytes) {
    int[] extents =
        StreamSupport.stream(entry.get("ne").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    // heads of tokens, or rows of tokens
    int rows = extents[2] > 1 ? extents[2] : extents[1];
    int width = extents[2] > 1 ? extents[0] * extents[1] : extents[0];
    var values = new double[rows * width];
    boolean whole = entry.get("type").asString().equals("i32");
    for (int i = 0; i < values.length; i++) {
      int at = entry.get("offset").asInt() + 4 * i;
      values[i] = whole ? bytes.getInt(at) : bytes.getFloat(at);
    }
    return new RecordedActivation(
        entry.get("name").asString() + " " + entry.get("op").asString(), width, values);
  }

  int rows() {
    return values.length / width;
  }

  @Override
  public String toString() {
    return name;
  }

  /** The beginning of a graph that computes what the peer calls {@code name}, as its result. */
  static Graph placeIn(Graph graph, String name) {
    var places = new Places(graph);
    for (var operation : graph.operations()) {
      places.visit(operation);
    }
    var place = places.found.get(name);
    if (place == null) {
      throw new AssertionError("the graph has no place for " + name);
    }
    return place;
  }

  private static final class Places {
    private final Graph graph;
    private final Map<String, Graph> found = new HashMap<>();
    private int done;
    private int layer = -1;
    private int clamped;
    private boolean attended;

    Places(Graph graph) {
      this.graph = graph;
    }

    void visit(Operation operation) {
      done++;
      switch (operation) {
        case Normalize normalize -> visitNorm(normalize);
        case Multiply multiply -> {
          if (multiply.weight().name().endsWith("ffn_gate_inp.weight")) {
            put("ffn_moe_logits", "MUL_MAT", multiply.out());
          }
        }
        case Clamp clamp -> clamped = done;
        case Attend attend -> visitAttention(attend);
        case Route route -> {
          int used = route.used();
          put("ffn_moe_topk", "VIEW", route.routes().slice(0, used));
          put("ffn_moe_weights_norm", "DIV", route.routes().slice(used, used));
        }
        case MixExperts mix -> put("ffn_moe_out", "ADD", mix.out());
        case Add add -> {
          put(attended ? "ffn_inp" : "l_out", "ADD", add.target());
          attended = false;
        }
        default -> {}
      }
    }

    private void visitNorm(Normalize normalize) {
      String weight = normalize.weight().name();
      if (weight.endsWith("attn_norm.weight")) {
        layer++;
        put("attn_norm", "MUL", normalize.out());
      } else if (weight.endsWith("attn_output_norm.weight")) {
        put("attn_out_norm", "MUL", normalize.out());
      } else if (weight.equals("output_norm.weight")) {
        found.put("result_norm MUL", prefix(done, normalize.out()));
      }
    }

    private void visitAttention(Attend attend) {
      attended = true;
      put("kqv_out", "CONT", attend.out());
      put("Qcur", "ROPE", attend.query());
      put("Kcur", "ROPE", attend.key());
      String name = "-" + layer + " VIEW";
      found.put("Qcur" + name, prefix(clamped, attend.query()));
      found.put("Kcur" + name, prefix(clamped, attend.key()));
      found.put("Vcur" + name, prefix(clamped, attend.value()));
    }

    /** The graph of the first operations, with {@code value} for a result. */
    private Graph prefix(int operations, Value value) {
      return new Graph(
          graph.operations().subList(0, operations),
          graph.bufferWidths(),
          value,
          graph.layers(),
          graph.keyWidth(),
          graph.headSize());
    }

    private void put(String name, String operation, Value value) {
      found.put(name + "-" + layer + " " + operation, prefix(done, value));
    }
  }
}
