package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the sizes and constants of a model, and keeps what tensors are made from. */
final class Parameters {
  static final String[] LAYERS = {"n_layers", "num_hidden_layers", "n_layer", "num_layers"};
  static final String[] WIDTH = {"hidden_size", "n_embd", "d_model", "dim"};
  static final String[] HEADS = {"num_attention_heads", "n_head", "n_heads"};
  static final String[] KEY_HEADS = {"num_key_value_heads", "n_kv_heads", "n_head_kv"};
  static final String[] CONTEXT = {
    "max_position_embeddings", "n_ctx", "n_positions", "max_length", "max_seq_len"
  };
  static final String[] EXPERTS = {"num_local_experts", "num_experts", "n_routed_experts"};

  /** Layers without experts before those with. */
  static final String LEADING = "first_k_dense_replace";

  private static final String[] EXPERTS_USED = {"num_experts_per_tok", "num_experts_per_token"};

  private final GgufWriter writer;
  private final String prefix;
  private final Map<String, float[]> tensors = new LinkedHashMap<>();

  Parameters(GgufWriter writer, String architecture) {
    this.writer = writer;
    this.prefix = architecture + ".";
  }

  /** Tensors that come from settings, by name. */
  Map<String, float[]> tensors() {
    return tensors;
  }

  Parameters tensor(String name, float[] values) {
    tensors.put(name, values);
    return this;
  }

  Parameters whole(String key, long value) {
    writer.unsigned(prefix + key, value);
    return this;
  }

  Parameters real(String key, double value) {
    writer.real(prefix + key, (float) value);
    return this;
  }

  Parameters text(String key, String value) {
    writer.string(prefix + key, value);
    return this;
  }

  Parameters wholeIfThere(String key, Settings config, String... names) {
    config.findWhole(names).ifPresent(value -> whole(key, value));
    return this;
  }

  Parameters realIfThere(String key, Settings config, String... names) {
    config.findReal(names).ifPresent(value -> real(key, value));
    return this;
  }

  /** What most families say in the same way. */
  void usual(Settings config) {
    whole("block_count", config.whole(LAYERS));
    whole("context_length", config.whole(CONTEXT));
    whole("embedding_length", config.whole(WIDTH));
    wholeIfThere("feed_forward_length", config, "intermediate_size", "n_inner", "hidden_dim");
    whole("attention.head_count", config.whole(HEADS));
    wholeIfThere("attention.head_count_kv", config, KEY_HEADS);
    scaling(config);
    realIfThere("attention.layer_norm_rms_epsilon", config, "rms_norm_eps", "norm_eps");
    realIfThere(
        "attention.layer_norm_epsilon",
        config,
        "layer_norm_eps",
        "layer_norm_epsilon",
        "norm_epsilon");
    wholeIfThere("expert_count", config, EXPERTS);
    wholeIfThere("expert_used_count", config, EXPERTS_USED);
    config
        .findWhole("head_dim")
        .ifPresent(
            size -> whole("attention.key_length", size).whole("attention.value_length", size));
  }

  /** The settings of positions: newer files have all of them in one place. */
  static Settings positions(Settings config) {
    var own =
        config
            .findChild("rope_parameters")
            .or(() -> config.findChild("rope_scaling"))
            .orElse(Settings.empty(config.file()));
    var merged = new LinkedHashMap<>(own.findChild("full_attention").orElse(own).values());
    var base = config.find("rope_theta", "rotary_emb_base");
    if (base != null) {
      merged.putIfAbsent("rope_theta", base);
    }
    var type = merged.get("type");
    if (type != null) {
      merged.putIfAbsent("rope_type", type);
    }
    return new Settings(merged, config.file());
  }

  private void scaling(Settings config) {
    var positions = positions(config);
    realIfThere("rope.freq_base", positions, "rope_theta");
    String type = positions.findText("rope_type").orElse("default").toLowerCase(Locale.ROOT);
    switch (type) {
      // dynamic begins where the context of the training ends
      case "default", "none", "llama3", "mrope", "dynamic" -> {}
      case "linear" -> text("rope.scaling.type", type).factor(positions);
      case "yarn" -> {
        text("rope.scaling.type", type).factor(positions);
        whole(
            "rope.scaling.original_context_length",
            positions.whole("original_max_position_embeddings"));
        realIfThere("rope.scaling.yarn_ext_factor", positions, "extrapolation_factor");
        realIfThere("rope.scaling.yarn_attn_factor", positions, "attention_factor", "attn_factor");
        realIfThere("rope.scaling.yarn_beta_fast", positions, "beta_fast");
        realIfThere("rope.scaling.yarn_beta_slow", positions, "beta_slow");
      }
      case "su", "longrope" -> text("rope.scaling.type", "longrope");
      default ->
          throw new EngineException.Unsupported(
              config.file() + ": unknown scaling of positions " + type);
    }
  }

  private Parameters factor(Settings positions) {
    return real("rope.scaling.factor", positions.real("factor"));
  }
}
