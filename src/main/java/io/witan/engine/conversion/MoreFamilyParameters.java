package io.witan.engine.conversion;

import static io.witan.engine.conversion.FamilyParameters.ORIGINAL;
import static io.witan.engine.conversion.FamilyParameters.headSize;

import io.witan.engine.EngineException;

/** As {@link FamilyParameters}, of further families. */
final class MoreFamilyParameters {
  private MoreFamilyParameters() {}

  static void phiMoe(Parameters to, Settings config) {
    FamilyParameters.phi3(to, config);
    to.whole("expert_used_count", config.whole("num_experts_per_tok"));
    to.whole("expert_count", config.whole("num_local_experts"));
  }

  /** Only its first form: later ones have attention that no graph here has. */
  static void deepseek(Parameters to, Settings config) {
    boolean otherRoutes =
        config.flag("norm_topk_prob")
            || !config.findText("scoring_func").orElse("softmax").equals("softmax")
            || config.findReal("routed_scaling_factor").orElse(1) != 1;
    if (otherRoutes || config.findWhole("moe_layer_freq").orElse(1) != 1) {
      throw new EngineException.Unsupported(
          config.file()
              + ": only experts as in DeepSeek-MoE can be converted: routes of a softmax that are "
              + "not made to sum to one, and experts in each layer after the first ones");
    }
    to.usual(config);
    if (!Parameters.positions(config).has("rope_type")) {
      to.text("rope.scaling.type", "none");
    }
    to.whole("rope.dimension_count", headSize(config));
    to.whole("leading_dense_block_count", config.findWhole(Parameters.LEADING).orElse(0));
    to.whole("vocab_size", config.whole("vocab_size"));
    to.whole("expert_feed_forward_length", config.whole("moe_intermediate_size"));
    to.real("expert_weights_scale", 1);
    to.whole("expert_shared_count", config.whole("n_shared_experts"));
  }

  static void minicpm(Parameters to, Settings config) {
    to.usual(config);
    int width = config.whole(Parameters.WIDTH);
    int layers = config.whole(Parameters.LAYERS);
    to.real("embedding_scale", config.real("scale_emb"));
    to.real("residual_scale", config.real("scale_depth") / Math.sqrt(layers));
    to.real("logit_scale", width / config.real("dim_model_base"));
    var positions = Parameters.positions(config);
    if (!positions.items("long_factor").isEmpty()) {
      int context = config.whole(Parameters.CONTEXT);
      int original = positions.findWhole(ORIGINAL).orElse(context);
      to.whole("rope.scaling.original_context_length", original);
      FamilyParameters.longContext(
          to, positions, (double) context / original, original, headSize(config));
    }
  }

  /** Its configuration speaks of an RMS norm, but its layers have the other. */
  static void orion(Parameters to, Settings config) {
    int heads = config.whole(Parameters.HEADS);
    to.whole(
        "context_length",
        config.whole("max_sequence_length", "max_position_embeddings", "model_max_length"));
    to.whole("embedding_length", config.whole(Parameters.WIDTH));
    to.whole("block_count", config.whole(Parameters.LAYERS));
    to.whole("feed_forward_length", config.whole("intermediate_size"));
    to.whole("attention.head_count", heads);
    to.whole("attention.head_count_kv", config.findWhole(Parameters.KEY_HEADS).orElse(heads));
    to.real("attention.layer_norm_epsilon", config.real("rms_norm_eps"));
    to.realIfThere("rope.freq_base", config, "rope_theta");
  }

  /** Its epsilon has the name of the other norm's. */
  static void exaone(Parameters to, Settings config) {
    int width = config.whole(Parameters.WIDTH);
    to.usual(config);
    if (config.findWhole("intermediate_size").isEmpty()) {
      to.whole("feed_forward_length", 4L * width);
    }
    if (config.findWhole(Parameters.KEY_HEADS).isEmpty()) {
      to.whole("attention.head_count_kv", config.whole(Parameters.HEADS));
    }
    to.real("attention.layer_norm_rms_epsilon", config.real("layer_norm_epsilon"));
    double part = config.findReal("partial_rotary_factor", "rope_pct").orElse(1);
    to.whole("rope.dimension_count", (int) (part * headSize(config)));
    FamilyParameters.llama3(to, config);
  }
}
