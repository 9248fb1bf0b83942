package io.witan.engine.conversion;

import static io.witan.engine.conversion.Layouts.DENSE;
import static io.witan.engine.conversion.Layouts.ENDS;
import static io.witan.engine.conversion.Layouts.EXPERTS;
import static io.witan.engine.conversion.Layouts.FEED_FORWARD_NORM;
import static io.witan.engine.conversion.Layouts.HALVES;
import static io.witan.engine.conversion.Layouts.HEAD_NORMS;
import static io.witan.engine.conversion.Layouts.LAYER;
import static io.witan.engine.conversion.Layouts.MIXTRAL_EXPERTS;
import static io.witan.engine.conversion.Layouts.NEIGHBOURS;
import static io.witan.engine.conversion.Layouts.join;
import static io.witan.engine.conversion.Rule.Change.GROUPED_KEYS;
import static io.witan.engine.conversion.Rule.Change.GROUPED_QUERIES;
import static io.witan.engine.conversion.Rule.Change.GROUPED_VALUES;
import static io.witan.engine.conversion.Rule.maybe;
import static io.witan.engine.conversion.Rule.of;

import io.witan.engine.conversion.Rule.Layers;
import java.util.List;
import java.util.stream.Stream;

/** The tensors of further families, by their names in checkpoints. */
final class MoreLayouts {
  private static final List<Rule> NORM_BIASES =
      List.of(
          of("model.norm.bias", "output_norm.bias"),
          of(LAYER + "input_layernorm.bias", "blk.#.attn_norm.bias"),
          of(LAYER + "post_attention_layernorm.bias", "blk.#.ffn_norm.bias"));

  static final List<Rule> PHI_MOE =
      join(
          ENDS,
          List.of(maybe("lm_head.bias", "output.bias")),
          NORM_BIASES,
          FEED_FORWARD_NORM,
          HALVES,
          MIXTRAL_EXPERTS);

  static final List<Rule> OLMO_2 =
      join(
          List.of(
              of("model.embed_tokens.weight", "token_embd.weight"),
              maybe("lm_head.weight", "output.weight"),
              of("model.norm.weight", "output_norm.weight"),
              of(LAYER + "post_attention_layernorm.weight", "blk.#.post_attention_norm.weight"),
              of(LAYER + "post_feedforward_layernorm.weight", "blk.#.post_ffw_norm.weight")),
          HALVES,
          HEAD_NORMS,
          DENSE);

  static final List<Rule> STARCODER_2 =
      join(
          ENDS,
          NORM_BIASES,
          FEED_FORWARD_NORM,
          HALVES,
          List.of(
              of(LAYER + "mlp.c_fc.weight", "blk.#.ffn_up.weight"),
              maybe(LAYER + "mlp.c_fc.bias", "blk.#.ffn_up.bias"),
              of(LAYER + "mlp.c_proj.weight", "blk.#.ffn_down.weight"),
              maybe(LAYER + "mlp.c_proj.bias", "blk.#.ffn_down.bias")));

  static final List<Rule> ORION = join(ENDS, NORM_BIASES, FEED_FORWARD_NORM, HALVES, DENSE);

  static final List<Rule> DEEPSEEK =
      join(
          ENDS,
          FEED_FORWARD_NORM,
          NEIGHBOURS,
          DENSE.stream().map(rule -> rule.in(Layers.LEADING)).toList(),
          Stream.concat(EXPERTS.stream(), sharedExperts())
              .map(rule -> rule.in(Layers.LATER))
              .toList());

  static final List<Rule> INTERNLM_2 = internlm2();
  static final List<Rule> EXAONE = exaone();

  private MoreLayouts() {}

  private static Stream<Rule> sharedExperts() {
    return Stream.of("gate", "up", "down")
        .map(
            kind ->
                of(
                    LAYER + "mlp.shared_experts." + kind + "_proj.weight",
                    "blk.#.ffn_" + kind + "_shexp.weight"));
  }

  private static List<Rule> internlm2() {
    String attention = LAYER + "attention.";
    return List.of(
        of("model.tok_embeddings.weight", "token_embd.weight"),
        maybe("output.weight", "output.weight"),
        of("model.norm.weight", "output_norm.weight"),
        of(LAYER + "attention_norm.weight", "blk.#.attn_norm.weight"),
        of(attention + "wqkv.weight", "blk.#.attn_q.weight", GROUPED_QUERIES),
        of(attention + "wqkv.weight", "blk.#.attn_k.weight", GROUPED_KEYS),
        of(attention + "wqkv.weight", "blk.#.attn_v.weight", GROUPED_VALUES),
        of(attention + "wo.weight", "blk.#.attn_output.weight"),
        of(LAYER + "ffn_norm.weight", "blk.#.ffn_norm.weight"),
        of(LAYER + "feed_forward.w1.weight", "blk.#.ffn_gate.weight"),
        of(LAYER + "feed_forward.w3.weight", "blk.#.ffn_up.weight"),
        of(LAYER + "feed_forward.w2.weight", "blk.#.ffn_down.weight"));
  }

  private static List<Rule> exaone() {
    String layer = "transformer.h.#.";
    String attention = layer + "attn.attention.";
    return List.of(
        of("transformer.wte.weight", "token_embd.weight"),
        maybe("lm_head.weight", "output.weight"),
        of("transformer.ln_f.weight", "output_norm.weight"),
        of(layer + "ln_1.weight", "blk.#.attn_norm.weight"),
        of(attention + "q_proj.weight", "blk.#.attn_q.weight"),
        of(attention + "k_proj.weight", "blk.#.attn_k.weight"),
        of(attention + "v_proj.weight", "blk.#.attn_v.weight"),
        of(attention + "out_proj.weight", "blk.#.attn_output.weight"),
        of(layer + "ln_2.weight", "blk.#.ffn_norm.weight"),
        of(layer + "mlp.c_fc_0.weight", "blk.#.ffn_gate.weight"),
        of(layer + "mlp.c_fc_1.weight", "blk.#.ffn_up.weight"),
        of(layer + "mlp.c_proj.weight", "blk.#.ffn_down.weight"));
  }
}
