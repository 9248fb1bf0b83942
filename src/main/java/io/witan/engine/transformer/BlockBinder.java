package io.witan.engine.transformer;

import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.transformer.Attention.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a block consists of by the tensors that are there. */
final class BlockBinder {
  private final WeightBinder weights;
  private final Hyperparameters sizes;
  private final String prefix;

  BlockBinder(WeightBinder weights, Hyperparameters sizes, int layer) {
    this.weights = weights;
    this.sizes = sizes;
    this.prefix = "blk." + layer + ".";
  }

  Attention attention() {
    int width = sizes.width();
    int queries = sizes.queryWidth();
    int keys = sizes.keyWidth();
    List<Projection> projections =
        weights.has(prefix + "attn_qkv.weight")
            ? List.of(projection("attn_qkv", width, queries + 2 * keys))
            : List.of(
                projection("attn_q", width, queries),
                projection("attn_k", width, keys),
                projection("attn_v", width, keys));
    return new Attention(
        projections,
        weights.findHeadVector(prefix + "attn_q_norm.weight", sizes.headSize(), queries),
        weights.findHeadVector(prefix + "attn_k_norm.weight", sizes.headSize(), keys),
        projection("attn_output", queries, width));
  }

  FeedForward feedForward() {
    if (!weights.has(prefix + "ffn_gate_inp.weight")) {
      return dense("", sizes.feedForwardWidth());
    }
    int width = sizes.width();
    int hidden = sizes.expertWidth();
    int experts = sizes.experts();
    return new FeedForward.MixtureOfExperts(
        weights.matrix(prefix + "ffn_gate_inp.weight", width, experts),
        weights.matrices(prefix + "ffn_gate_exps.weight", width, hidden, experts),
        weights.matrices(prefix + "ffn_up_exps.weight", width, hidden, experts),
        weights.matrices(prefix + "ffn_down_exps.weight", hidden, width, experts),
        shared(),
        weights.findVector(prefix + "ffn_gate_inp_shexp.weight", width));
  }

  private FeedForward.@Nullable Dense shared() {
    String up = prefix + "ffn_up_shexp.weight";
    return weights.has(up) ? dense("_shexp", weights.rowsOf(up)) : null;
  }

  private FeedForward.Dense dense(String suffix, int hidden) {
    String gate = prefix + "ffn_gate" + suffix + ".weight";
    return new FeedForward.Dense(
        weights.has(gate) ? weights.matrix(gate, sizes.width(), hidden) : null,
        weights.matrix(prefix + "ffn_up" + suffix + ".weight", sizes.width(), hidden),
        weights.matrix(prefix + "ffn_down" + suffix + ".weight", hidden, sizes.width()));
  }

  private Projection projection(String name, int columns, int rows) {
    return new Projection(
        weights.matrix(prefix + name + ".weight", columns, rows),
        weights.findVector(prefix + name + ".bias", rows));
  }
}
