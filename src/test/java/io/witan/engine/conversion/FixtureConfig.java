package io.witan.engine.conversion;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufMetadata;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The config.json of a fixture's model. */
final class FixtureConfig {
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("llama", "LlamaForCausalLM"),
          Map.entry("dbrx", "DbrxForCausalLM"),
          Map.entry("qwen2", "Qwen2ForCausalLM"),
          Map.entry("qwen2moe", "Qwen2MoeForCausalLM"),
          Map.entry("qwen3moe", "Qwen3MoeForCausalLM"),
          Map.entry("olmoe", "OlmoeForCausalLM"),
          Map.entry("granitemoe", "GraniteMoeForCausalLM"),
          Map.entry("phi3", "Phi3ForCausalLM"),
          Map.entry("gemma", "GemmaForCausalLM"),
          Map.entry("mpt", "MPTForCausalLM"),
          Map.entry("grok", "GrokForCausalLM"));

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String arch;
  private final Map<String, Object> config = new LinkedHashMap<>();

  private FixtureConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.arch = metadata.string("general.architecture");
  }

  static Map<String, Object> of(GgufFile file) {
    return new FixtureConfig(file).make();
  }

  private Map<String, Object> make() {
    boolean mixtral = arch.equals("llama") && metadata.has("llama.expert_count");
    config.put("architectures", List.of(mixtral ? "MixtralForCausalLM" : CLASSES.get(arch)));
    put("vocab_size", "vocab_size");
    config.put("tie_word_embeddings", file.findTensor("output.weight").isEmpty());
    for (String kind : List.of("bos", "eos")) {
      config.put(kind + "_token_id", metadata.intValue("tokenizer.ggml." + kind + "_token_id"));
    }
    metadata
        .findInt("tokenizer.ggml.unknown_token_id")
        .ifPresent(id -> config.put("unk_token_id", id));
    switch (arch) {
      case "dbrx" -> dbrx();
      case "mpt" -> mpt();
      default -> usual();
    }
    return config;
  }

  private void usual() {
    put("max_position_embeddings", "context_length");
    put("hidden_size", "embedding_length");
    put("num_hidden_layers", "block_count");
    put("intermediate_size", "feed_forward_length");
    put("num_attention_heads", "attention.head_count");
    put("num_key_value_heads", "attention.head_count_kv");
    put("rms_norm_eps", "attention.layer_norm_rms_epsilon");
    put("rope_theta", "rope.freq_base");
    put("head_dim", "attention.key_length");
    put(arch.equals("llama") ? "num_local_experts" : "num_experts", "expert_count");
    put("num_experts_per_tok", "expert_used_count");
    put("moe_intermediate_size", "expert_feed_forward_length");
    put("shared_expert_intermediate_size", "expert_shared_feed_forward_length");
    put("attention_multiplier", "attention.scale");
    put("embedding_multiplier", "embedding_scale");
    put("residual_multiplier", "residual_scale");
    put("logits_scaling", "logit_scale");
    switch (arch) {
      case "llama" -> {
        if (file.findTensor("rope_freqs.weight").isPresent()) {
          config.put(
              "rope_scaling",
              Map.of(
                  "rope_type", "llama3",
                  "factor", 8.0,
                  "low_freq_factor", 1.0,
                  "high_freq_factor", 4.0,
                  "original_max_position_embeddings", 64));
        }
      }
      case "phi3" -> {
        put("original_max_position_embeddings", "rope.scaling.original_context_length");
        config.put(
            "rope_scaling",
            Map.of(
                "type",
                "longrope",
                "long_factor",
                factors("long"),
                "short_factor",
                factors("short")));
      }
      case "grok" -> {
        put("attn_logit_softcapping", "attn_logit_softcapping");
        put("router_logit_softcapping", "router_logit_softcapping");
        put("attn_output_multiplier", "attention.output_scale");
        put("embedding_multiplier_scale", "embedding_scale");
        put("output_multiplier_scale", "logit_scale");
      }
      default -> {}
    }
  }

  private void dbrx() {
    put("max_seq_len", "context_length");
    put("d_model", "embedding_length");
    put("n_layers", "block_count");
    put("n_heads", "attention.head_count");
    config.put(
        "ffn_config",
        Map.of(
            "ffn_hidden_size", metadata.intValue("dbrx.feed_forward_length"),
            "moe_num_experts", metadata.intValue("dbrx.expert_count"),
            "moe_top_k", metadata.intValue("dbrx.expert_used_count")));
    config.put(
        "attn_config",
        Map.of(
            "kv_n_heads", metadata.intValue("dbrx.attention.head_count_kv"),
            "rope_theta", metadata.floatValue("dbrx.rope.freq_base"),
            "clip_qkv", metadata.floatValue("dbrx.attention.clamp_kqv")));
  }

  private void mpt() {
    put("max_seq_len", "context_length");
    put("d_model", "embedding_length");
    put("n_layers", "block_count");
    put("n_heads", "attention.head_count");
    var attention = new LinkedHashMap<String, Object>();
    attention.put("alibi", true);
    attention.put("alibi_bias_max", metadata.floatValue("mpt.attention.max_alibi_bias"));
    config.put(
        "expansion_ratio",
        metadata.intValue("mpt.feed_forward_length") / metadata.intValue("mpt.embedding_length"));
    attention.put("clip_qkv", null);
    attention.put("kv_n_heads", metadata.intValue("mpt.attention.head_count_kv"));
    config.put("attn_config", attention);
  }

  private float[] factors(String name) {
    return file.tensor("rope_factors_" + name + ".weight")
        .data()
        .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
  }

  private void put(String name, String key) {
    String full = arch + "." + key;
    if (metadata.has(full)) {
      String shown = metadata.describe(full);
      config.put(
          name, shown.contains(".") ? (Object) Float.valueOf(shown) : Integer.valueOf(shown));
    }
  }
}
