package io.witan.engine;

import static io.witan.engine.TinyModel.EXPERTS;
import static io.witan.engine.TinyModel.EXPERT_HIDDEN;
import static io.witan.engine.TinyModel.HEAD;
import static io.witan.engine.TinyModel.HIDDEN;
import static io.witan.engine.TinyModel.KEYS;
import static io.witan.engine.TinyModel.LAYERS;
import static io.witan.engine.TinyModel.WIDTH;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Models of the families, and of the forms of families, that no fixture has. */
public final class FamilyVariants {
  /** A context behind the original one of the model with two sets of factors. */
  static final int CONTEXT = 2048;

  private FamilyVariants() {}

  static Map<String, Supplier<TinyModel>> all() {
    var all = new LinkedHashMap<String, Supplier<TinyModel>>();
    all.put("granitemoe-shared", FamilyVariants::graniteShared);
    all.put("granite", FamilyVariants::granite);
    all.put("granite-unturned", FamilyVariants::graniteUnturned);
    all.put("phi3-long-partial", FamilyVariants::phi3Long);
    all.put("grok-2", FamilyVariants::grok2);
    all.put("mpt-biased-clamped", FamilyVariants::mptBiased);
    all.put("qwen3-tied", FamilyVariants::qwen3);
    all.put("phimoe", FamilyVariants::phimoe);
    all.put("olmo2", FamilyVariants::olmo2);
    all.put("starcoder2", FamilyVariants::starcoder2);
    all.put("deepseek", FamilyVariants::deepseek);
    all.put("internlm2", FamilyVariants::internlm2);
    all.put("minicpm", FamilyVariants::minicpm);
    all.put("orion", FamilyVariants::orion);
    all.put("exaone", FamilyVariants::exaone);
    return all;
  }

  /** Writes the model of a variant. */
  public static void write(String variant, Path path) {
    Objects.requireNonNull(all().get(variant)).get().write(path);
  }

  /** Adds the same to each layer. */
  @FunctionalInterface
  private interface Layer {
    void add(String prefix);
  }

  private static TinyModel layers(TinyModel model, Layer layer) {
    for (int i = 0; i < LAYERS; i++) {
      layer.add("blk." + i + ".");
    }
    return model;
  }

  private static void attention(TinyModel model, String p) {
    model
        .matrix(p + "attn_q", WIDTH, WIDTH)
        .matrix(p + "attn_k", WIDTH, KEYS)
        .matrix(p + "attn_v", WIDTH, KEYS)
        .matrix(p + "attn_output", WIDTH, WIDTH);
  }

  private static void biasedAttention(TinyModel model, String p) {
    model
        .biased(p + "attn_q", WIDTH, WIDTH)
        .biased(p + "attn_k", WIDTH, KEYS)
        .biased(p + "attn_v", WIDTH, KEYS)
        .biased(p + "attn_output", WIDTH, WIDTH);
  }

  private static void gated(TinyModel model, String p, String suffix, int hidden) {
    model
        .matrix(p + "ffn_gate" + suffix, WIDTH, hidden)
        .matrix(p + "ffn_up" + suffix, WIDTH, hidden)
        .matrix(p + "ffn_down" + suffix, hidden, WIDTH);
  }

  private static void mixture(TinyModel model, String p) {
    model
        .matrix(p + "ffn_gate_inp", WIDTH, EXPERTS)
        .matrices(p + "ffn_gate_exps", WIDTH, EXPERT_HIDDEN)
        .matrices(p + "ffn_up_exps", WIDTH, EXPERT_HIDDEN)
        .matrices(p + "ffn_down_exps", EXPERT_HIDDEN, WIDTH);
  }

  private static TinyModel graniteScales(String family) {
    return new TinyModel(family)
        .rmsNorm()
        .real("logit_scale", 4)
        .real("residual_scale", 0.4f)
        .real("embedding_scale", 8)
        .real("attention.scale", 0.1f)
        .norm("output_norm", WIDTH);
  }

  private static TinyModel graniteShared() {
    var model =
        graniteScales("granitemoe")
            .experts()
            .unsigned("feed_forward_length", EXPERT_HIDDEN)
            .unsigned("expert_shared_feed_forward_length", 48)
            .output();
    return layers(
        model,
        p -> {
          model.norm(p + "attn_norm", WIDTH).norm(p + "ffn_norm", WIDTH);
          attention(model, p);
          mixture(model, p);
          gated(model, p, "_shexp", 48);
        });
  }

  /** Its heads do not turn. */
  private static TinyModel graniteUnturned() {
    var model = granite();
    model.writer().flag("granite.rope.scaling.finetuned", false);
    return model;
  }

  private static TinyModel granite() {
    var model = graniteScales("granite");
    return layers(
        model,
        p -> {
          model.norm(p + "attn_norm", WIDTH).norm(p + "ffn_norm", WIDTH);
          attention(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  private static TinyModel phi3Long() {
    var model =
        new TinyModel("phi3")
            .rmsNorm()
            .unsigned("rope.dimension_count", HEAD / 2)
            .unsigned("rope.scaling.original_context_length", 1024)
            .real("rope.scaling.attn_factor", 1.19f)
            .factors("rope_factors_long.weight", HEAD / 4)
            .vector("rope_factors_short.weight", HEAD / 4, 1)
            .norm("output_norm", WIDTH)
            .output();
    return layers(
        model,
        p ->
            model
                .norm(p + "attn_norm", WIDTH)
                .norm(p + "ffn_norm", WIDTH)
                .matrix(p + "attn_qkv", WIDTH, WIDTH + 2 * KEYS)
                .matrix(p + "attn_output", WIDTH, WIDTH)
                .matrix(p + "ffn_up", WIDTH, 2 * HIDDEN)
                .matrix(p + "ffn_down", HIDDEN, WIDTH));
  }

  private static TinyModel grok2() {
    var model =
        new TinyModel("grok")
            .rmsNorm()
            .experts()
            .unsigned("expert_feed_forward_length", EXPERT_HIDDEN)
            .real("final_logit_softcapping", 2)
            .norm("output_norm", WIDTH)
            .output();
    return layers(
        model,
        p -> {
          model
              .norm(p + "attn_norm", WIDTH)
              .norm(p + "attn_output_norm", WIDTH)
              .norm(p + "ffn_norm", WIDTH)
              .norm(p + "post_ffw_norm", WIDTH);
          attention(model, p);
          mixture(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  /** Its heads are no power of two. */
  private static TinyModel mptBiased() {
    var model =
        new TinyModel("mpt")
            .layerNorm()
            .real("attention.max_alibi_bias", 8)
            .real("attention.clamp_kqv", 0.7f)
            .biasedNorm("output_norm", WIDTH);
    return layers(
        model,
        p ->
            model
                .biasedNorm(p + "attn_norm", WIDTH)
                .biasedNorm(p + "ffn_norm", WIDTH)
                .biased(p + "attn_qkv", WIDTH, WIDTH + 2 * KEYS)
                .biased(p + "attn_output", WIDTH, WIDTH)
                .biased(p + "ffn_up", WIDTH, HIDDEN)
                .biased(p + "ffn_down", HIDDEN, WIDTH));
  }

  private static TinyModel qwen3() {
    var model =
        new TinyModel("qwen3")
            .rmsNorm()
            .unsigned("attention.key_length", HEAD)
            .unsigned("attention.value_length", HEAD)
            .norm("output_norm", WIDTH);
    return layers(
        model,
        p -> {
          model
              .norm(p + "attn_norm", WIDTH)
              .norm(p + "ffn_norm", WIDTH)
              .norm(p + "attn_q_norm", HEAD)
              .norm(p + "attn_k_norm", HEAD);
          attention(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  private static TinyModel phimoe() {
    var model =
        new TinyModel("phimoe")
            .rmsNorm()
            .experts()
            .unsigned("feed_forward_length", EXPERT_HIDDEN)
            .unsigned("rope.dimension_count", HEAD)
            .unsigned("rope.scaling.original_context_length", 1024)
            .real("rope.scaling.attn_factor", 1.19f)
            .factors("rope_factors_long.weight", HEAD / 2)
            .vector("rope_factors_short.weight", HEAD / 2, 1)
            .biasedNorm("output_norm", WIDTH)
            .output()
            .outputBias();
    return layers(
        model,
        p -> {
          model.biasedNorm(p + "attn_norm", WIDTH).biasedNorm(p + "ffn_norm", WIDTH);
          biasedAttention(model, p);
          mixture(model, p);
        });
  }

  private static TinyModel olmo2() {
    var model = new TinyModel("olmo2").rmsNorm().norm("output_norm", WIDTH).output();
    return layers(
        model,
        p -> {
          model
              .norm(p + "post_attention_norm", WIDTH)
              .norm(p + "post_ffw_norm", WIDTH)
              .norm(p + "attn_q_norm", WIDTH)
              .norm(p + "attn_k_norm", KEYS);
          attention(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  private static TinyModel starcoder2() {
    var model = new TinyModel("starcoder2").layerNorm().biasedNorm("output_norm", WIDTH);
    return layers(
        model,
        p -> {
          model.biasedNorm(p + "attn_norm", WIDTH).biasedNorm(p + "ffn_norm", WIDTH);
          biasedAttention(model, p);
          model.biased(p + "ffn_up", WIDTH, HIDDEN).biased(p + "ffn_down", HIDDEN, WIDTH);
        });
  }

  /** Its first layer is dense. */
  private static TinyModel deepseek() {
    var model =
        new TinyModel("deepseek")
            .rmsNorm()
            .experts()
            .unsigned("leading_dense_block_count", 1)
            .unsigned("expert_feed_forward_length", EXPERT_HIDDEN)
            .unsigned("expert_shared_count", 2)
            .real("expert_weights_scale", 1)
            .norm("output_norm", WIDTH)
            .output();
    return layers(
        model,
        p -> {
          model.norm(p + "attn_norm", WIDTH).norm(p + "ffn_norm", WIDTH);
          attention(model, p);
          if (p.contains("0")) {
            gated(model, p, "", HIDDEN);
          } else {
            mixture(model, p);
            gated(model, p, "_shexp", 2 * EXPERT_HIDDEN);
          }
        });
  }

  private static TinyModel plain(TinyModel model) {
    return layers(
        model.norm("output_norm", WIDTH).output(),
        p -> {
          model.norm(p + "attn_norm", WIDTH).norm(p + "ffn_norm", WIDTH);
          attention(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  private static TinyModel internlm2() {
    return plain(new TinyModel("internlm2").rmsNorm());
  }

  private static TinyModel minicpm() {
    return plain(
        new TinyModel("minicpm")
            .rmsNorm()
            .real("embedding_scale", 12)
            .real("residual_scale", 0.3f)
            .real("logit_scale", 4));
  }

  private static TinyModel orion() {
    var model = new TinyModel("orion").layerNorm().biasedNorm("output_norm", WIDTH).output();
    return layers(
        model,
        p -> {
          model.biasedNorm(p + "attn_norm", WIDTH).biasedNorm(p + "ffn_norm", WIDTH);
          attention(model, p);
          gated(model, p, "", HIDDEN);
        });
  }

  private static TinyModel exaone() {
    return plain(
        new TinyModel("exaone")
            .rmsNorm()
            .unsigned("rope.dimension_count", HEAD)
            .factors("rope_freqs.weight", HEAD / 2));
  }
}
