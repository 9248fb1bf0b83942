package io.witan.engine.transformer;

import io.witan.engine.architecture.Hyperparameters;
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
        headNorm("attn_q_norm", queries),
        headNorm("attn_k_norm", keys),
        projection("attn_output", queries, width));
  }

  private @Nullable Projection headNorm(String name, int allHeads) {
    var weight = weights.findHeadVector(prefix + name + ".weight", sizes.headSize(), allHeads);
    return weight == null
        ? null
        : new Projection(weight, weights.findVector(prefix + name + ".bias", weight.columns()));
  }

  FeedForward feedForward() {
    if (!weights.has(prefix + "ffn_gate_inp.weight")) {
      return dense("", sizes.feedForwardWidth());
    }
    int width = sizes.width();
    int hidden = weights.rowsOf(prefix + "ffn_up_exps.weight");
    int experts = sizes.experts();
    return new FeedForward.MixtureOfExperts(
        weights.matrix(prefix + "ffn_gate_inp.weight", width, experts),
        weights.matrices(prefix + "ffn_gate_exps.weight", width, hidden, experts),
        weights.matrices(prefix + "ffn_up_exps.weight", width, hidden, experts),
        weights.matrices(prefix + "ffn_down_exps.weight", hidden, width, experts),
        present("_shexp"),
        weights.findVector(prefix + "ffn_gate_inp_shexp.weight", width),
        present(""));
  }

  private FeedForward.@Nullable Dense present(String suffix) {
    String up = prefix + "ffn_up" + suffix + ".weight";
    return weights.has(up) ? dense(suffix, weights.rowsOf(up)) : null;
  }

  private FeedForward.Dense dense(String suffix, int hidden) {
    String up = prefix + "ffn_up" + suffix + ".weight";
    boolean gated = weights.has(prefix + "ffn_gate" + suffix + ".weight");
    boolean joined = !gated && weights.rowsOf(up) == 2 * hidden;
    return new FeedForward.Dense(
        gated ? projection("ffn_gate" + suffix, sizes.width(), hidden) : null,
        projection("ffn_up" + suffix, sizes.width(), joined ? 2 * hidden : hidden),
        projection("ffn_down" + suffix, hidden, sizes.width()));
  }

  private Projection projection(String name, int columns, int rows) {
    return new Projection(
        weights.matrix(prefix + name + ".weight", columns, rows),
        weights.findVector(prefix + name + ".bias", rows));
  }
}
