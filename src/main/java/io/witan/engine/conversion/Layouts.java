package io.witan.engine.conversion;

import static io.witan.engine.conversion.Rule.Change.FIRST_HALF;
import static io.witan.engine.conversion.Rule.Change.KEYS;
import static io.witan.engine.conversion.Rule.Change.PLUS_ONE;
import static io.witan.engine.conversion.Rule.Change.QUERIES;
import static io.witan.engine.conversion.Rule.Change.SECOND_HALF;
import static io.witan.engine.conversion.Rule.Change.SPLIT;
import static io.witan.engine.conversion.Rule.Change.SPLIT_TRANSPOSED;
import static io.witan.engine.conversion.Rule.Change.STACK;
import static io.witan.engine.conversion.Rule.maybe;
import static io.witan.engine.conversion.Rule.of;

import java.util.ArrayList;
import java.util.List;

/** The tensors of each family, by their names in checkpoints. */
final class Layouts {
  static final String LAYER = "model.layers.#.";
  static final String MOE = LAYER + "block_sparse_moe.";

  static final List<Rule> ENDS =
      List.of(
          of("model.embed_tokens.weight", "token_embd.weight"),
          maybe("lm_head.weight", "output.weight"),
          of("model.norm.weight", "output_norm.weight"),
          of(LAYER + "input_layernorm.weight", "blk.#.attn_norm.weight"));

  static final List<Rule> FEED_FORWARD_NORM =
      List.of(of(LAYER + "post_attention_layernorm.weight", "blk.#.ffn_norm.weight"));

  static final List<Rule> HALVES =
      List.of(
          of(LAYER + "self_attn.q_proj.weight", "blk.#.attn_q.weight"),
          of(LAYER + "self_attn.k_proj.weight", "blk.#.attn_k.weight"),
          of(LAYER + "self_attn.v_proj.weight", "blk.#.attn_v.weight"),
          maybe(LAYER + "self_attn.q_proj.bias", "blk.#.attn_q.bias"),
          maybe(LAYER + "self_attn.k_proj.bias", "blk.#.attn_k.bias"),
          maybe(LAYER + "self_attn.v_proj.bias", "blk.#.attn_v.bias"),
          of(LAYER + "self_attn.o_proj.weight", "blk.#.attn_output.weight"),
          maybe(LAYER + "self_attn.o_proj.bias", "blk.#.attn_output.bias"));

  static final List<Rule> NEIGHBOURS = HALVES.stream().map(Layouts::interleaved).toList();

  static final List<Rule> HEAD_NORMS =
      List.of(
          of(LAYER + "self_attn.q_norm.weight", "blk.#.attn_q_norm.weight"),
          of(LAYER + "self_attn.k_norm.weight", "blk.#.attn_k_norm.weight"));

  static final List<Rule> DENSE =
      List.of(
          of(LAYER + "mlp.gate_proj.weight", "blk.#.ffn_gate.weight"),
          of(LAYER + "mlp.up_proj.weight", "blk.#.ffn_up.weight"),
          of(LAYER + "mlp.down_proj.weight", "blk.#.ffn_down.weight"));

  /** Experts as Qwen and OLMoE have them, one by one or (newer files) together. */
  static final List<Rule> EXPERTS =
      List.of(
          of(LAYER + "mlp.gate.weight", "blk.#.ffn_gate_inp.weight"),
          of(LAYER + "mlp.experts.*.gate_proj.weight", "blk.#.ffn_gate_exps.weight", STACK),
          of(LAYER + "mlp.experts.*.up_proj.weight", "blk.#.ffn_up_exps.weight", STACK),
          of(LAYER + "mlp.experts.*.down_proj.weight", "blk.#.ffn_down_exps.weight", STACK),
          of(LAYER + "mlp.experts.gate_up_proj", "blk.#.ffn_gate_exps.weight", FIRST_HALF),
          of(LAYER + "mlp.experts.gate_up_proj", "blk.#.ffn_up_exps.weight", SECOND_HALF),
          of(LAYER + "mlp.experts.down_proj", "blk.#.ffn_down_exps.weight"));

  private static final List<Rule> SHARED_EXPERT =
      List.of(
          of(LAYER + "mlp.shared_expert_gate.weight", "blk.#.ffn_gate_inp_shexp.weight"),
          of(LAYER + "mlp.shared_expert.gate_proj.weight", "blk.#.ffn_gate_shexp.weight"),
          of(LAYER + "mlp.shared_expert.up_proj.weight", "blk.#.ffn_up_shexp.weight"),
          of(LAYER + "mlp.shared_expert.down_proj.weight", "blk.#.ffn_down_shexp.weight"));

  static final List<Rule> MIXTRAL_EXPERTS =
      List.of(
          of(MOE + "gate.weight", "blk.#.ffn_gate_inp.weight"),
          of(MOE + "experts.*.w1.weight", "blk.#.ffn_gate_exps.weight", STACK),
          of(MOE + "experts.*.w3.weight", "blk.#.ffn_up_exps.weight", STACK),
          of(MOE + "experts.*.w2.weight", "blk.#.ffn_down_exps.weight", STACK));

  private static final List<Rule> GRANITE_EXPERTS =
      List.of(
          of(MOE + "router.layer.weight", "blk.#.ffn_gate_inp.weight"),
          of(MOE + "input_linear.weight", "blk.#.ffn_gate_exps.weight", FIRST_HALF),
          of(MOE + "input_linear.weight", "blk.#.ffn_up_exps.weight", SECOND_HALF),
          of(MOE + "output_linear.weight", "blk.#.ffn_down_exps.weight"));

  private static final List<Rule> GRANITE_SHARED_EXPERT =
      List.of(
          of(LAYER + "shared_mlp.input_linear.weight", "blk.#.ffn_gate_shexp.weight", FIRST_HALF),
          of(LAYER + "shared_mlp.input_linear.weight", "blk.#.ffn_up_shexp.weight", SECOND_HALF),
          of(LAYER + "shared_mlp.output_linear.weight", "blk.#.ffn_down_shexp.weight"));

  private static final List<Rule> FUSED =
      List.of(
          of(LAYER + "self_attn.qkv_proj.weight", "blk.#.attn_qkv.weight"),
          of(LAYER + "self_attn.o_proj.weight", "blk.#.attn_output.weight"),
          of(LAYER + "mlp.gate_up_proj.weight", "blk.#.ffn_up.weight"),
          of(LAYER + "mlp.down_proj.weight", "blk.#.ffn_down.weight"));

  static final List<Rule> LLAMA = join(ENDS, FEED_FORWARD_NORM, NEIGHBOURS, DENSE);
  static final List<Rule> MIXTRAL = join(ENDS, FEED_FORWARD_NORM, NEIGHBOURS, MIXTRAL_EXPERTS);
  static final List<Rule> QWEN2 = join(ENDS, FEED_FORWARD_NORM, HALVES, DENSE);
  static final List<Rule> QWEN3 = join(ENDS, FEED_FORWARD_NORM, HALVES, HEAD_NORMS, DENSE);
  static final List<Rule> QWEN2_MOE = join(ENDS, FEED_FORWARD_NORM, HALVES, EXPERTS, SHARED_EXPERT);
  static final List<Rule> QWEN3_MOE = join(ENDS, FEED_FORWARD_NORM, HALVES, HEAD_NORMS, EXPERTS);
  static final List<Rule> GRANITE_MOE = join(ENDS, FEED_FORWARD_NORM, NEIGHBOURS, GRANITE_EXPERTS);
  static final List<Rule> GRANITE_MOE_SHARED = join(GRANITE_MOE, GRANITE_SHARED_EXPERT);
  static final List<Rule> PHI3 = join(ENDS, FEED_FORWARD_NORM, FUSED);
  static final List<Rule> GEMMA =
      join(ENDS, FEED_FORWARD_NORM, HALVES, DENSE).stream().map(Layouts::raised).toList();
  static final List<Rule> DBRX = dbrx();
  static final List<Rule> MPT = mpt();
  static final List<Rule> GROK = grok();
  static final List<Rule> GROK_2 = join(grok2(), HALVES, MIXTRAL_EXPERTS);

  private Layouts() {}

  private static Rule interleaved(Rule rule) {
    if (rule.target().contains("attn_q.")) {
      return rule.with(QUERIES);
    }
    return rule.target().contains("attn_k.") ? rule.with(KEYS) : rule;
  }

  private static Rule raised(Rule rule) {
    return rule.source().endsWith("norm.weight") ? rule.with(PLUS_ONE) : rule;
  }

  private static List<Rule> dbrx() {
    String block = "transformer.blocks.#.";
    String mixture = block + "ffn.experts.mlp.";
    return List.of(
        of("transformer.wte.weight", "token_embd.weight"),
        maybe("lm_head.weight", "output.weight"),
        of("transformer.norm_f.weight", "output_norm.weight"),
        of(block + "norm_attn_norm.norm_1.weight", "blk.#.attn_norm.weight"),
        of(block + "norm_attn_norm.attn.Wqkv.weight", "blk.#.attn_qkv.weight"),
        of(block + "norm_attn_norm.attn.out_proj.weight", "blk.#.attn_output.weight"),
        of(block + "norm_attn_norm.norm_2.weight", "blk.#.attn_output_norm.weight"),
        of(block + "ffn.router.layer.weight", "blk.#.ffn_gate_inp.weight"),
        of(mixture + "w1", "blk.#.ffn_gate_exps.weight", SPLIT),
        of(mixture + "v1", "blk.#.ffn_up_exps.weight", SPLIT),
        of(mixture + "w2", "blk.#.ffn_down_exps.weight", SPLIT_TRANSPOSED));
  }

  private static List<Rule> mpt() {
    String block = "transformer.blocks.#.";
    return List.of(
        of("transformer.wte.weight", "token_embd.weight"),
        maybe("lm_head.weight", "output.weight"),
        of("transformer.norm_f.weight", "output_norm.weight"),
        maybe("transformer.norm_f.bias", "output_norm.bias"),
        of(block + "norm_1.weight", "blk.#.attn_norm.weight"),
        maybe(block + "norm_1.bias", "blk.#.attn_norm.bias"),
        of(block + "attn.Wqkv.weight", "blk.#.attn_qkv.weight"),
        maybe(block + "attn.Wqkv.bias", "blk.#.attn_qkv.bias"),
        of(block + "attn.out_proj.weight", "blk.#.attn_output.weight"),
        maybe(block + "attn.out_proj.bias", "blk.#.attn_output.bias"),
        of(block + "norm_2.weight", "blk.#.ffn_norm.weight"),
        maybe(block + "norm_2.bias", "blk.#.ffn_norm.bias"),
        of(block + "ffn.up_proj.weight", "blk.#.ffn_up.weight"),
        maybe(block + "ffn.up_proj.bias", "blk.#.ffn_up.bias"),
        of(block + "ffn.down_proj.weight", "blk.#.ffn_down.weight"),
        maybe(block + "ffn.down_proj.bias", "blk.#.ffn_down.bias"));
  }

  private static List<Rule> grok() {
    String layer = "transformer.decoder_layer.#.";
    return List.of(
        of("transformer.in_out_embed.weight", "token_embd.weight"),
        maybe("lm_head.weight", "output.weight"),
        of("transformer.rms_norm.weight", "output_norm.weight"),
        of(layer + "rms_norm.weight", "blk.#.attn_norm.weight"),
        of(layer + "multi_head_attention.query.weight", "blk.#.attn_q.weight"),
        of(layer + "multi_head_attention.key.weight", "blk.#.attn_k.weight"),
        of(layer + "multi_head_attention.value.weight", "blk.#.attn_v.weight"),
        of(layer + "multi_head_attention.linear.weight", "blk.#.attn_output.weight"),
        of(layer + "rms_norm_1.weight", "blk.#.attn_output_norm.weight"),
        of(layer + "rms_norm_2.weight", "blk.#.ffn_norm.weight"),
        of(layer + "router.weight", "blk.#.ffn_gate_inp.weight"),
        of(layer + "moe.*.linear.weight", "blk.#.ffn_gate_exps.weight", STACK),
        of(layer + "moe.*.linear_v.weight", "blk.#.ffn_up_exps.weight", STACK),
        of(layer + "moe.*.linear_1.weight", "blk.#.ffn_down_exps.weight", STACK),
        of(layer + "rms_norm_3.weight", "blk.#.layer_output_norm.weight"));
  }

  private static List<Rule> grok2() {
    return List.of(
        of("model.embed_tokens.weight", "token_embd.weight"),
        maybe("lm_head.weight", "output.weight"),
        of("model.norm.weight", "output_norm.weight"),
        of(LAYER + "pre_attn_norm.weight", "blk.#.attn_norm.weight"),
        of(LAYER + "post_attn_norm.weight", "blk.#.attn_output_norm.weight"),
        of(LAYER + "pre_moe_norm.weight", "blk.#.ffn_norm.weight"),
        of(LAYER + "post_moe_norm.weight", "blk.#.post_ffw_norm.weight"),
        maybe(LAYER + "mlp.gate_proj.weight", "blk.#.ffn_gate.weight"),
        maybe(LAYER + "mlp.up_proj.weight", "blk.#.ffn_up.weight"),
        maybe(LAYER + "mlp.down_proj.weight", "blk.#.ffn_down.weight"));
  }

  @SafeVarargs
  static List<Rule> join(List<Rule>... parts) {
    var all = new ArrayList<Rule>();
    for (var part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
