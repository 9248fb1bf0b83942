package io.witan.engine.conversion;

import io.witan.engine.EngineException;

/** What each family says beyond the usual, and how. Keys are those of llama.cpp's converter. */
final class FamilyParameters {
  private static final float EPSILON = 1e-5f;
  static final String ORIGINAL = "original_max_position_embeddings";
  private static final double ROPE_BASE = 10_000;
  private static final int ORIGINAL_CONTEXT = 8192;
  private static final double GROK_LIMIT = 30;

  private FamilyParameters() {}

  static void llama(Parameters to, Settings config) {
    to.usual(config);
    to.whole("vocab_size", config.whole("vocab_size"));
    to.whole("rope.dimension_count", headSize(config));
    llama3(to, config);
  }

  /** The factors of Llama 3.1, where it is scaled as that. */
  static void llama3(Parameters to, Settings config) {
    var positions = Parameters.positions(config);
    if (positions.findText("rope_type").orElse("").equalsIgnoreCase("llama3")) {
      to.tensor("rope_freqs.weight", factors(config, positions, headSize(config)));
    }
  }

  /** By what the frequency of each pair is divided (Llama 3.1). Floats as in PyTorch. */
  private static float[] factors(Settings config, Settings positions, int headSize) {
    double base = positions.findReal("rope_theta").orElse(ROPE_BASE);
    double factor = positions.findReal("factor").orElse(8);
    double low = positions.findReal("low_freq_factor").orElse(1);
    double high = positions.findReal("high_freq_factor").orElse(4);
    double context =
        positions.findWhole(ORIGINAL).orElse(config.findWhole(ORIGINAL).orElse(ORIGINAL_CONTEXT));
    var factors = new float[headSize / 2];
    for (int i = 0; i < factors.length; i++) {
      float frequency = 1 / (float) Math.pow((float) base, (float) (2 * i) / headSize);
      float length = (float) (2 * Math.PI) / frequency;
      if (length < context / high) {
        factors[i] = 1;
      } else if (length > context / low) {
        factors[i] = (float) factor;
      } else {
        float smooth = ((float) context / length - (float) low) / (float) (high - low);
        factors[i] = 1 / ((1 - smooth) / (float) factor + smooth);
      }
    }
    return factors;
  }

  static int headSize(Settings config) {
    int heads = config.whole(Parameters.HEADS);
    if (heads < 1) {
      throw new EngineException.InvalidFile(config.file() + ": " + heads + " heads");
    }
    return config.findWhole("head_dim").orElse(config.whole(Parameters.WIDTH) / heads);
  }

  static void granite(Parameters to, Settings config) {
    to.usual(config);
    to.whole("vocab_size", config.whole("vocab_size"));
    to.whole("rope.dimension_count", headSize(config));
    to.realIfThere("attention.scale", config, "attention_multiplier");
    to.realIfThere("embedding_scale", config, "embedding_multiplier");
    to.realIfThere("residual_scale", config, "residual_multiplier");
    to.realIfThere("logit_scale", config, "logits_scaling");
    to.wholeIfThere("expert_shared_feed_forward_length", config, "shared_intermediate_size");
  }

  static void qwenMoe(Parameters to, Settings config) {
    to.usual(config);
    to.wholeIfThere("expert_feed_forward_length", config, "moe_intermediate_size");
    to.wholeIfThere("expert_shared_feed_forward_length", config, "shared_expert_intermediate_size");
    if (config.findWhole("decoder_sparse_step").orElse(1) != 1
        || !config.items("mlp_only_layers").isEmpty()) {
      throw new EngineException.Unsupported(
          config.file() + ": layers without experts between those with (mlp_only_layers)");
    }
  }

  static void olmoe(Parameters to, Settings config) {
    to.usual(config);
    to.real("attention.layer_norm_rms_epsilon", EPSILON);
    to.realIfThere("attention.clamp_kqv", config, "clip_qkv");
  }

  static void phi3(Parameters to, Settings config) {
    var positions = Parameters.positions(config);
    int width = config.whole(Parameters.WIDTH);
    int heads = config.whole(Parameters.HEADS);
    int context = config.whole(Parameters.CONTEXT);
    int original = positions.findWhole(ORIGINAL).orElse(config.findWhole(ORIGINAL).orElse(context));
    double part =
        positions
            .findReal("partial_rotary_factor")
            .orElse(config.findReal("partial_rotary_factor").orElse(1));
    int turning = (int) (part * width) / Math.max(1, heads);
    to.whole("block_count", config.whole(Parameters.LAYERS));
    to.whole("context_length", context);
    to.whole("rope.scaling.original_context_length", original);
    to.whole("embedding_length", width);
    to.whole("feed_forward_length", config.whole("intermediate_size"));
    to.whole("attention.head_count", heads);
    to.whole("attention.head_count_kv", config.findWhole(Parameters.KEY_HEADS).orElse(heads));
    to.real("attention.layer_norm_rms_epsilon", config.real("rms_norm_eps"));
    to.whole("rope.dimension_count", turning);
    to.real("rope.freq_base", positions.findReal("rope_theta").orElse(ROPE_BASE));
    to.whole("attention.sliding_window", config.findWhole("sliding_window").orElse(0));
    if (!positions.items("long_factor").isEmpty()) {
      longContext(to, positions, (double) context / original, original, turning);
    }
  }

  static void longContext(
      Parameters to, Settings positions, double scale, int original, int turning) {
    String type = positions.findText("rope_type").orElse("");
    double factor =
        switch (type) {
          case "su", "longrope" -> Math.sqrt(1 + Math.log(scale) / Math.log(original));
          case "yarn" -> 0.1 * Math.log(scale) + 1;
          default ->
              throw new EngineException.Unsupported(
                  positions.file() + ": long factors with scaling “" + type + "”");
        };
    to.real("rope.scaling.attn_factor", scale > 1 ? factor : 1);
    for (String name : new String[] {"long", "short"}) {
      float[] factors = positions.reals(name + "_factor");
      if (factors.length != turning / 2) {
        throw new EngineException.InvalidFile(
            "%s: %d %s factors for %d pairs"
                .formatted(positions.file(), factors.length, name, turning / 2));
      }
      to.tensor("rope_factors_" + name + ".weight", factors);
    }
  }

  static void gemma(Parameters to, Settings config) {
    to.usual(config);
    if (config.findWhole(Parameters.KEY_HEADS).isEmpty()) {
      to.whole("attention.head_count_kv", config.whole(Parameters.HEADS));
    }
  }

  static void dbrx(Parameters to, Settings config) {
    var experts = config.child("ffn_config");
    var attention = config.child("attn_config");
    to.whole("block_count", config.whole("n_layers"));
    to.whole("context_length", config.whole("max_seq_len"));
    to.whole("embedding_length", config.whole("d_model"));
    to.whole("feed_forward_length", experts.whole("ffn_hidden_size"));
    to.whole("attention.head_count", config.whole("n_heads"));
    to.whole("attention.head_count_kv", attention.whole("kv_n_heads"));
    to.real("rope.freq_base", attention.real("rope_theta"));
    to.real("attention.clamp_kqv", attention.real("clip_qkv"));
    to.whole("expert_count", experts.whole("moe_num_experts"));
    to.whole("expert_used_count", experts.whole("moe_top_k"));
    to.real("attention.layer_norm_epsilon", EPSILON);
  }

  static void mpt(Parameters to, Settings config) {
    var attention = config.child("attn_config");
    int width = config.whole("d_model");
    to.whole("context_length", config.whole("max_seq_len"));
    to.whole("embedding_length", width);
    to.whole("block_count", config.whole("n_layers"));
    to.whole("feed_forward_length", config.findWhole("expansion_ratio").orElse(4) * (long) width);
    to.whole("attention.head_count", config.whole("n_heads"));
    to.wholeIfThere("attention.head_count_kv", attention, "kv_n_heads");
    to.real("attention.layer_norm_epsilon", EPSILON);
    to.realIfThere("attention.clamp_kqv", attention, "clip_qkv");
    to.real(
        "attention.max_alibi_bias",
        attention.flag("alibi") ? attention.findReal("alibi_bias_max").orElse(8) : 0);
  }

  static void grok(Parameters to, Settings config) {
    to.usual(config);
    to.real("attn_logit_softcapping", config.findReal("attn_logit_softcapping").orElse(GROK_LIMIT));
    to.real(
        "router_logit_softcapping", config.findReal("router_logit_softcapping").orElse(GROK_LIMIT));
    to.realIfThere("final_logit_softcapping", config, "final_logit_softcapping");
    to.wholeIfThere("expert_feed_forward_length", config, "moe_intermediate_size");
    String type = config.findText("rope_type").orElse("");
    if (type.equals("yarn") || type.equals("original")) {
      to.text("rope.scaling.type", "yarn");
      to.real("rope.scaling.factor", config.real("scaling_factor"));
      to.whole("rope.scaling.original_context_length", config.whole(ORIGINAL));
      to.real("rope.scaling.yarn_ext_factor", config.real("extrapolation_factor"));
      to.real("rope.scaling.yarn_attn_factor", config.real("attn_factor"));
      to.real("rope.scaling.yarn_beta_fast", config.real("beta_fast"));
      to.real("rope.scaling.yarn_beta_slow", config.real("beta_slow"));
    }
    to.wholeIfThere("attention.temperature_length", config, "attn_temperature_len");
    to.real(
        "attention.output_scale",
        config.findReal("attn_output_multiplier").orElse(1 / Math.sqrt(headSize(config))));
    to.real("embedding_scale", config.real("embedding_multiplier_scale"));
    to.real("logit_scale", config.real("output_multiplier_scale"));
  }
}
