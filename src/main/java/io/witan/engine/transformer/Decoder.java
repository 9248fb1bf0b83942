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
import io.witan.engine.graph.Operation.Scale;
import io.witan.engine.graph.Operation.Softcap;
import io.witan.engine.graph.Rope;
import io.witan.engine.graph.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the graph of a pre-norm decoder: embedding, blocks, norm, output. */
public final class Decoder {
  /** Parts of files that change what a model computes and that no graph here has. */
  private static final List<String> UNKNOWN_PARTS = List.of("position_embd.weight");

  private final Hyperparameters sizes;
  private final WeightBinder weights;
  private final Graph.Builder graph = new Graph.Builder();
  private final @Nullable Rope rope;
  private final Value residual;
  private final Value normed;
  private final Value joined;
  private final Value attended;
  private final Value branch;
  private final FeedForwardBuilder feedForward;

  private Decoder(Hyperparameters sizes, WeightBinder weights, int contextTokens) {
    this.sizes = sizes;
    this.weights = weights;
    this.rope = rope(contextTokens);
    this.residual = graph.buffer(sizes.width());
    this.normed = graph.buffer(sizes.width());
    this.joined = graph.buffer(sizes.queryWidth() + 2 * sizes.keyWidth());
    this.attended = graph.buffer(sizes.queryWidth());
    this.branch = graph.buffer(sizes.width());
    this.feedForward = new FeedForwardBuilder(graph, sizes, branch);
  }

  /**
   * The graph of the model in {@code file}.
   *
   * @param contextTokens positions of a sequence at most: models with two sets of factors turn
   *     heads by one of them
   * @throws EngineException if a tensor is missing or has another shape than the sizes say
   */
  public static Graph graphOf(GgufFile file, Hyperparameters sizes, int contextTokens) {
    return new Decoder(sizes, new WeightBinder(file), contextTokens).build();
  }

  private @Nullable Rope rope(int contextTokens) {
    var pairing = sizes.architecture().pairing();
    if (pairing == null || !sizes.turns()) {
      return null;
    }
    return new Rope(
        pairing,
        sizes.ropeDimensions(),
        sizes.ropeBase(),
        sizes.ropeScaling().positionScale(),
        sizes.ropeScaling().magnitude(),
        sizes.ropeScaling().ramp(),
        ropeFactors(contextTokens));
  }

  private @Nullable Matrix ropeFactors(int contextTokens) {
    int pairs = sizes.ropeDimensions() / 2;
    var only = weights.findVector("rope_freqs.weight", pairs);
    if (only != null) {
      return only;
    }
    boolean isLong = contextTokens > sizes.ropeScaling().originalContext();
    return weights.findVector("rope_factors_" + (isLong ? "long" : "short") + ".weight", pairs);
  }

  private Graph build() {
    for (String unknown : UNKNOWN_PARTS) {
      if (weights.has(unknown)) {
        throw new EngineException.Unsupported("the tensor " + unknown + " is not supported");
      }
    }
    int width = sizes.width();
    int vocabulary = weights.rowsOf("token_embd.weight");
    var embedding = weights.matrix("token_embd.weight", width, vocabulary);
    graph.add(new Operation.Embed(embedding, residual));
    scale(residual, sizes.scales().embedding());
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
    graph.add(new Multiply(output, weights.findVector("output.bias", vocabulary), normed, logits));
    scale(logits, sizes.scales().logits());
    if (sizes.scales().logitSoftcap() > 0) {
      graph.add(new Softcap(logits, sizes.scales().logitSoftcap()));
    }
    return graph.build(logits, sizes.layers(), sizes.keyWidth(), sizes.headSize());
  }

  private void scale(Value value, float factor) {
    if (factor != 1) {
      graph.add(new Scale(value, factor));
    }
  }

  private void addBlock(int layer) {
    String prefix = "blk." + layer + ".";
    var block = new BlockBinder(weights, sizes, layer);
    var norms = sizes.architecture().norms();
    addAttention(layer, block.attention(), normalizedIfThere(prefix + "attn_norm"));
    if (norms.afterAttention() != null) {
      normalize(prefix + norms.afterAttention(), branch, branch);
    }
    graph.add(new Add(branch, residual, sizes.scales().residual()));
    feedForward.add(block.feedForward(), normalizedIfThere(prefix + norms.feedForward()));
    if (!norms.afterFeedForward().isEmpty()) {
      normalize(prefix + present(prefix, norms.afterFeedForward()), branch, branch);
    }
    graph.add(new Add(branch, residual, sizes.scales().residual()));
  }

  /** A block whose branches are normalised at their end may have no norm at their beginning. */
  private Value normalizedIfThere(String name) {
    if (sizes.architecture().norms().afterAttention() != null && !weights.has(name + ".weight")) {
      return residual;
    }
    normalize(name, residual, normed);
    return normed;
  }

  /** The first of these that is there, or the first of all, which is then reported missing. */
  private String present(String prefix, List<String> names) {
    for (String name : names) {
      if (weights.has(prefix + name + ".weight")) {
        return name;
      }
    }
    return names.getFirst();
  }

  private void addAttention(int layer, Attention attention, Value in) {
    int queries = sizes.queryWidth();
    int keys = sizes.keyWidth();
    int from = 0;
    for (var projection : attention.projections()) {
      int rows = projection.weight().rows();
      graph.add(new Multiply(projection.weight(), projection.bias(), in, joined.slice(from, rows)));
      from += rows;
    }
    if (sizes.scales().clamp() > 0) {
      graph.add(new Operation.Clamp(joined, sizes.scales().clamp()));
    }
    var query = joined.slice(0, queries);
    var key = joined.slice(queries, keys);
    normalizeHeads(attention.queryNorm(), query);
    normalizeHeads(attention.keyNorm(), key);
    if (rope != null) {
      graph.add(new Operation.Rotate(query, sizes.headSize(), rope));
      graph.add(new Operation.Rotate(key, sizes.headSize(), rope));
    }
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
            sizes.scales().attention(),
            sizes.scales().attentionSoftcap(),
            sizes.scales().attentionBias()));
    var output = attention.output();
    graph.add(new Multiply(output.weight(), output.bias(), attended, branch));
  }

  private void normalizeHeads(@Nullable Projection norm, Value heads) {
    if (norm != null) {
      graph.add(
          new Normalize(
              sizes.architecture().norm(),
              heads,
              heads,
              norm.weight(),
              norm.bias(),
              sizes.epsilon()));
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
