package io.witan.engine.conversion;

import java.util.Map;

/**
 * Names of tensors in the checkpoints of the fixtures' families, as their model classes have them.
 */
final class HuggingFaceNames {
  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("token_embd", "model.embed_tokens"),
          Map.entry("output", "lm_head"),
          Map.entry("output_norm", "model.norm"),
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"),
          Map.entry("ffn_gate_inp", "mlp.gate"),
          Map.entry("ffn_gate_inp_shexp", "mlp.shared_expert_gate"),
          Map.entry("ffn_gate_shexp", "mlp.shared_expert.gate_proj"),
          Map.entry("ffn_up_shexp", "mlp.shared_expert.up_proj"),
          Map.entry("ffn_down_shexp", "mlp.shared_expert.down_proj"));

  private static final Map<String, Map<String, String>> OWN =
      Map.of(
          "llama",
          Map.of("ffn_gate_inp", "block_sparse_moe.gate"),
          "granitemoe",
          Map.of("ffn_gate_inp", "block_sparse_moe.router.layer"),
          "phi3",
          Map.of("attn_qkv", "self_attn.qkv_proj", "ffn_up", "mlp.gate_up_proj"),
          "dbrx",
          Map.of(
              "token_embd", "transformer.wte",
              "output_norm", "transformer.norm_f",
              "attn_norm", "norm_attn_norm.norm_1",
              "attn_output_norm", "norm_attn_norm.norm_2",
              "attn_qkv", "norm_attn_norm.attn.Wqkv",
              "attn_output", "norm_attn_norm.attn.out_proj",
              "ffn_gate_inp", "ffn.router.layer"),
          "mpt",
          Map.of(
              "token_embd", "transformer.wte",
              "output_norm", "transformer.norm_f",
              "attn_norm", "norm_1",
              "ffn_norm", "norm_2",
              "attn_qkv", "attn.Wqkv",
              "attn_output", "attn.out_proj",
              "ffn_up", "ffn.up_proj",
              "ffn_down", "ffn.down_proj"),
          "grok",
          Map.ofEntries(
              Map.entry("token_embd", "transformer.in_out_embed"),
              Map.entry("output_norm", "transformer.rms_norm"),
              Map.entry("attn_norm", "rms_norm"),
              Map.entry("attn_output_norm", "rms_norm_1"),
              Map.entry("ffn_norm", "rms_norm_2"),
              Map.entry("layer_output_norm", "rms_norm_3"),
              Map.entry("attn_q", "multi_head_attention.query"),
              Map.entry("attn_k", "multi_head_attention.key"),
              Map.entry("attn_v", "multi_head_attention.value"),
              Map.entry("attn_output", "multi_head_attention.linear"),
              Map.entry("ffn_gate_inp", "router")));

  private HuggingFaceNames() {}

  /**
   * @param inner after {@code blk.N.}
   * @param layer empty for tensors of no layer
   */
  static String of(String arch, String inner, String layer) {
    int dot = inner.lastIndexOf('.');
    String kind = inner.substring(0, dot);
    String name = OWN.getOrDefault(arch, Map.of()).getOrDefault(kind, USUAL.get(kind));
    return (layer.isEmpty() ? "" : blocks(arch) + layer + ".") + name + inner.substring(dot);
  }

  static String ofExpert(String arch, String kind, String layer, int expert) {
    String place = blocks(arch) + layer + ".";
    return switch (arch) {
      case "llama" ->
          place
              + "block_sparse_moe.experts."
              + expert
              + Map.of("ffn_gate", ".w1", "ffn_down", ".w2", "ffn_up", ".w3").get(kind)
              + ".weight";
      case "grok" ->
          place
              + "moe."
              + expert
              + Map.of("ffn_gate", ".linear", "ffn_down", ".linear_1", "ffn_up", ".linear_v")
                  .get(kind)
              + ".weight";
      default ->
          place
              + "mlp.experts."
              + expert
              + "."
              + USUAL.getOrDefault(kind, "").substring(4)
              + ".weight";
    };
  }

  private static String blocks(String arch) {
    return switch (arch) {
      case "dbrx", "mpt" -> "transformer.blocks.";
      case "grok" -> "transformer.decoder_layer.";
      default -> "model.layers.";
    };
  }
}
