package io.witan.engine.conversion;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufMetadata;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The config.json of a family variant. */
final class VariantConfig {
  static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("granitemoe-shared", "GraniteMoeSharedForCausalLM"),
          Map.entry("granite", "GraniteForCausalLM"),
          Map.entry("phi3-long-partial", "Phi3ForCausalLM"),
          Map.entry("grok-2", "Grok1ForCausalLM"),
          Map.entry("qwen3-tied", "Qwen3ForCausalLM"),
          Map.entry("phimoe", "PhiMoEForCausalLM"),
          Map.entry("olmo2", "Olmo2ForCausalLM"),
          Map.entry("starcoder2", "Starcoder2ForCausalLM"),
          Map.entry("deepseek", "DeepseekForCausalLM"),
          Map.entry("internlm2", "InternLM2ForCausalLM"),
          Map.entry("minicpm", "MiniCPMForCausalLM"),
          Map.entry("orion", "OrionForCausalLM"),
          Map.entry("exaone", "ExaoneForCausalLM"));

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String arch;
  private final Map<String, Object> config = new LinkedHashMap<>();

  private VariantConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.arch = metadata.string("general.architecture");
  }

  static Map<String, Object> of(String variant, GgufFile file) {
    return new VariantConfig(file).make(variant);
  }

  private Map<String, Object> make(String variant) {
    config.put("architectures", List.of(CLASSES.get(variant)));
    config.put("vocab_size", metadata.strings("tokenizer.ggml.tokens").size());
    config.put("tie_word_embeddings", file.findTensor("output.weight").isEmpty());
    config.put("bos_token_id", 0);
    config.put("eos_token_id", 0);
    put("max_position_embeddings", "context_length");
    put("hidden_size", "embedding_length");
    put(arch.equals("exaone") ? "num_layers" : "num_hidden_layers", "block_count");
    put("intermediate_size", "feed_forward_length");
    put("num_attention_heads", "attention.head_count");
    put("num_key_value_heads", "attention.head_count_kv");
    put("head_dim", "attention.key_length");
    put(arch.equals("deepseek") ? "n_routed_experts" : "num_local_experts", "expert_count");
    put("num_experts_per_tok", "expert_used_count");
    put("moe_intermediate_size", "expert_feed_forward_length");
    switch (variant) {
      case "exaone" -> {
        config.put("layer_norm_epsilon", 1e-5);
        config.put("activation_function", "silu");
        config.put("rope_scaling", Map.of("rope_type", "llama3", "factor", 8.0));
      }
      case "starcoder2" -> config.put("norm_epsilon", 1e-5);
      default -> config.put("rms_norm_eps", 1e-5);
    }
    switch (variant) {
      case "granitemoe-shared", "granite" -> granite();
      case "phi3-long-partial", "phimoe" -> phi();
      case "grok-2" -> grok();
      case "deepseek" -> {
        put("first_k_dense_replace", "leading_dense_block_count");
        put("n_shared_experts", "expert_shared_count");
        config.put("moe_layer_freq", 1);
        config.put("norm_topk_prob", false);
      }
      case "minicpm" -> {
        config.put("scale_emb", 12);
        config.put("scale_depth", metadata.floatValue("minicpm.residual_scale") * Math.sqrt(2));
        config.put("dim_model_base", 24);
      }
      case "internlm2" -> config.put("rope_scaling", Map.of("type", "dynamic", "factor", 2.0));
      default -> {}
    }
    return config;
  }

  private void granite() {
    put("attention_multiplier", "attention.scale");
    put("embedding_multiplier", "embedding_scale");
    put("residual_multiplier", "residual_scale");
    put("logits_scaling", "logit_scale");
    put("shared_intermediate_size", "expert_shared_feed_forward_length");
  }

  private void phi() {
    put("original_max_position_embeddings", "rope.scaling.original_context_length");
    config.put("rope_theta", 10_000.0);
    if (arch.equals("phi3")) {
      config.put("partial_rotary_factor", 0.5);
    }
    config.put(
        "rope_scaling",
        Map.of(
            "type", "longrope", "long_factor", factors("long"), "short_factor", factors("short")));
  }

  private void grok() {
    put("final_logit_softcapping", "final_logit_softcapping");
    config.put("embedding_multiplier_scale", 78.383_67f);
    config.put("output_multiplier_scale", 0.577_350_26f);
    config.put("attn_output_multiplier", 0.088_388_35f);
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
