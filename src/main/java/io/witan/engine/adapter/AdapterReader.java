package io.witan.engine.adapter;

import io.witan.engine.EngineException;
import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.LowRank;
import io.witan.engine.backend.cpu.BlockDecoder;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation.Embed;
import io.witan.engine.graph.Operation.MixExperts;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads LoRA adapters as llama.cpp writes them: {@code NAME.lora_a} is {@code [rank, columns]} and
 * {@code NAME.lora_b} {@code [rows, rank]} of the matrix {@code NAME}, with the expert as a further
 * extent; of an embedding {@code lora_a} is {@code [tokens, rank]}. The sum is multiplied by {@code
 * adapter.lora.alpha} over the rank.
 */
public final class AdapterReader {
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";

  private final GgufFile file;
  private final Map<String, Matrix> products = new HashMap<>();
  private final Set<String> tables = new HashSet<>();

  private AdapterReader(GgufFile file, Graph graph) {
    this.file = file;
    for (var operation : graph.operations()) {
      switch (operation) {
        case Multiply multiply -> put(multiply.weight());
        case MixExperts mix -> {
          put(mix.gate());
          put(mix.up());
          put(mix.down());
        }
        case Embed embed -> {
          tables.add(embed.table().name());
          put(embed.table());
        }
        default -> {}
      }
    }
    for (var operation : graph.operations()) {
      if (operation instanceof Multiply multiply && tables.contains(multiply.weight().name())) {
        products.remove(multiply.weight().name()); // serves as output too: which is meant?
      }
    }
  }

  private void put(Matrix matrix) {
    products.put(matrix.name(), matrix);
  }

  /**
   * Reads one.
   *
   * @param graph of the model that it shall change
   * @throws EngineException if it is no adapter, was made for another family or other sizes, or
   *     changes what cannot be changed here
   */
  public static Adapter read(GgufFile file, Graph graph, String architecture) {
    var metadata = file.metadata();
    String type = metadata.findString("general.type").orElse("model");
    String kind = metadata.findString("adapter.type").orElse("");
    if (!type.equals("adapter") || !kind.equals("lora")) {
      throw new EngineException.InvalidFile(
          "%s is no LoRA adapter: it says it is a %s %s"
              .formatted(file.path(), kind, type)
              .strip());
    }
    String family = metadata.string("general.architecture");
    if (!family.equals(architecture)) {
      throw new EngineException.InvalidFile(
          "%s was made for %s, not for %s".formatted(file.path(), family, architecture));
    }
    return new AdapterReader(file, graph).read();
  }

  private Adapter read() {
    float alpha = (float) file.metadata().findFloat("adapter.lora.alpha").orElse(0);
    var changes = new HashMap<String, LowRank>();
    for (var tensor : file.tensors()) {
      String name = tensor.name();
      if (!name.endsWith(A) && !name.endsWith(B)) {
        throw new EngineException.Unsupported(
            "%s: the tensor %s is neither %s nor %s".formatted(file.path(), name, A, B));
      }
      String matrix = name.substring(0, name.length() - A.length());
      if (!changes.containsKey(matrix)) {
        changes.put(matrix, change(matrix, alpha));
      }
    }
    return new Adapter(changes);
  }

  private LowRank change(String name, float alpha) {
    var matrix = products.get(name);
    if (matrix == null) {
      throw new EngineException.Unsupported(
          "%s changes %s, which the model lacks or which cannot be changed"
              .formatted(file.path(), name));
    }
    var a = file.tensor(name + A);
    var b = file.tensor(name + B);
    long rank = b.shape().ne0();
    if (rank < 1 || rank > Math.max(matrix.columns(), matrix.rows())) {
      throw new EngineException.InvalidFile(
          "%s: %s has the rank %d".formatted(file.path(), name, rank));
    }
    boolean table = tables.contains(name);
    check(a, table ? Shape.of(rank, matrix.rows()) : shape(matrix.columns(), rank, matrix));
    check(b, table ? Shape.of(rank, matrix.columns()) : shape(rank, matrix.rows(), matrix));
    return new LowRank(
        matrix.columns(),
        table ? matrix.columns() : matrix.rows(),
        matrix.count(),
        (int) rank,
        alpha == 0 ? 1 : alpha / rank,
        BlockDecoder.decodeAll(a),
        BlockDecoder.decodeAll(b));
  }

  private static Shape shape(long inner, long outer, Matrix matrix) {
    return matrix.count() > 1 ? Shape.of(inner, outer, matrix.count()) : Shape.of(inner, outer);
  }

  private void check(GgufTensor tensor, Shape wanted) {
    if (!tensor.shape().equals(wanted)) {
      throw new EngineException.InvalidFile(
          "%s: the tensor %s has the shape %s, not %s"
              .formatted(file.path(), tensor.name(), tensor.shape(), wanted));
    }
  }
}
