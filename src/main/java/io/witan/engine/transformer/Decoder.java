package io.witan.engine.transformer;

import io.witan.engine.EngineException;
import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.graph.Operation.Normalize;
import io.witan.engine.graph.Rope;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;

/** Builds the graph of a pre-norm decoder: embedding, blocks, norm, output. */
public final class Decoder {
  private final Hyperparameters sizes;
  private final WeightBinder weights;
  private final Graph.Builder graph = new Graph.Builder();
  private final @Nullable Matrix ropeFactors;
  private final Value residual;
  private final Value normed;
  private final Value joined;
  private final Value attended;
  private final Value branch;
  private final FeedForwardBuilder feedForward;

  private Decoder(Hyperparameters sizes, WeightBinder weights) {
    this.sizes = sizes;
    this.weights = weights;
    this.ropeFactors = weights.findVector("rope_freqs.weight", sizes.ropeDimensions() / 2);
    this.residual = graph.buffer(sizes.width());
    this.normed = graph.buffer(sizes.width());
    this.joined = graph.buffer(sizes.queryWidth() + 2 * sizes.keyWidth());
    this.attended = graph.buffer(sizes.queryWidth());
    this.branch = graph.buffer(sizes.width());
    this.feedForward = new FeedForwardBuilder(graph, sizes, normed, branch);
  }

  /**
   * The graph of the model in {@code file}.
   *
   * @throws EngineException if a tensor is missing or has another shape than the sizes say
   */
  public static Graph graphOf(GgufFile file, Hyperparameters sizes) {
    return new Decoder(sizes, new WeightBinder(file)).build();
  }

  private Graph build() {
    int width = sizes.width();
    int vocabulary = weights.rowsOf("token_embd.weight");
    var embedding = weights.matrix("token_embd.weight", width, vocabulary);
    graph.add(new Operation.Embed(embedding, residual));
    for (int layer = 0; layer < sizes.layers(); layer++) {
      addBlock(layer);
    }
    graph.add(new Operation.SelectRows(residual));
    normalize("output_norm", residual, normed);
    var output =
        weights.has("output.weight")
            ? weights.matrix("output.weight", width, vocabulary)
            : embedding;
    var logits = graph.buffer(vocabulary);
    graph.add(new Multiply(output, null, normed, logits));
    return graph.build(logits, sizes.layers(), sizes.keyWidth(), sizes.headSize());
  }

  private void addBlock(int layer) {
    String prefix = "blk." + layer + ".";
    var block = new BlockBinder(weights, sizes, layer);
    normalize(prefix + "attn_norm", residual, normed);
    addAttention(layer, block.attention());
    graph.add(new Add(branch, residual, 1));
    normalize(prefix + sizes.architecture().feedForwardNorm(), residual, normed);
    feedForward.add(block.feedForward());
    graph.add(new Add(branch, residual, 1));
  }

  private void addAttention(int layer, Attention attention) {
    int queries = sizes.queryWidth();
    int keys = sizes.keyWidth();
    int from = 0;
    for (var projection : attention.projections()) {
      int rows = projection.weight().rows();
      graph.add(
          new Multiply(projection.weight(), projection.bias(), normed, joined.slice(from, rows)));
      from += rows;
    }
    if (sizes.clamp() > 0) {
      graph.add(new Operation.Clamp(joined, sizes.clamp()));
    }
    var query = joined.slice(0, queries);
    var key = joined.slice(queries, keys);
    normalizeHeads(attention.queryNorm(), query);
    normalizeHeads(attention.keyNorm(), key);
    var rope =
        new Rope(
            sizes.architecture().pairing(),
            sizes.ropeDimensions(),
            sizes.ropeBase(),
            sizes.ropeScaling().positionScale(),
            sizes.ropeScaling().magnitude(),
            sizes.ropeScaling().ramp(),
            ropeFactors);
    graph.add(new Operation.Rotate(query, sizes.headSize(), rope));
    graph.add(new Operation.Rotate(key, sizes.headSize(), rope));
    graph.add(
        new Operation.Attend(
            layer,
            query,
            key,
            joined.slice(queries + keys, keys),
            attended,
            sizes.heads(),
            sizes.keyHeads(),
            sizes.headSize(),
            sizes.attentionScale(),
            0));
    var output = attention.output();
    graph.add(new Multiply(output.weight(), output.bias(), attended, branch));
  }

  private void normalizeHeads(@Nullable Matrix weight, Value heads) {
    if (weight != null) {
      graph.add(
          new Normalize(sizes.architecture().norm(), heads, heads, weight, null, sizes.epsilon()));
    }
  }

  private void normalize(String name, Value in, Value out) {
    graph.add(
        new Normalize(
            sizes.architecture().norm(),
            in,
            out,
            weights.vector(name + ".weight", sizes.width()),
            weights.findVector(name + ".bias", sizes.width()),
            sizes.epsilon()));
  }
}
