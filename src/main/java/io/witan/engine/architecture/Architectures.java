package io.witan.engine.architecture;

import static io.witan.engine.architecture.Architecture.of;
import static io.witan.engine.graph.Rope.Pairing.ADJACENT;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.stream.Collectors;

/** The table of model families: a new one is a row here and a golden test. */
public final class Architectures {
  private static final List<Architecture> TABLE =
      List.of(
          of("dbrx").layerNorm().feedForwardNorm("attn_output_norm").renormalizing().row(),
          of("llama").turning(ADJACENT).renormalizing().row(),
          of("qwen2moe").row(),
          of("qwen3moe").renormalizing().row(),
          of("qwen2").row(),
          of("qwen3").row(),
          of("olmoe").row(),
          of("phi3").row(),
          of("granitemoe").turning(ADJACENT).renormalizing().scales(1, 0, 0, 0, 1).row(),
          of("gemma").gelu().scales(0, 0, 0, 1, 1).row(),
          of("mpt").layerNorm().turning(null).gelu().row(),
          of("grok")
              .gelu()
              .renormalizing()
              .branchNorms("attn_output_norm", "layer_output_norm", "post_ffw_norm")
              .scales(78.383_67f, 0.088_388_35f, 30, 0.577_350_26f, 0.707_106_77f)
              .row(),
          of("granite").turning(ADJACENT).turningOnlyIfFinetuned().scales(1, 0, 0, 0, 1).row(),
          of("phimoe").renormalizing().row(),
          of("olmo2").branchNorms("post_attention_norm", "post_ffw_norm").row(),
          of("starcoder2").layerNorm().gelu().row(),
          of("deepseek").turning(ADJACENT).row(),
          of("internlm2").turning(ADJACENT).row(),
          of("minicpm").turning(ADJACENT).scales(12, 0, 0, 0, 1).row(),
          of("orion").layerNorm().row(),
          of("exaone").row());

  private Architectures() {}

  /**
   * The family of this name.
   *
   * @throws EngineException if there is none; the message lists those there are
   */
  public static Architecture named(String name) {
    for (var architecture : TABLE) {
      if (architecture.name().equals(name)) {
        return architecture;
      }
    }
    throw new EngineException.Unsupported(
        "the architecture %s is not supported; supported: %s"
            .formatted(
                name, TABLE.stream().map(Architecture::name).collect(Collectors.joining(", "))));
  }

  public static List<Architecture> all() {
    return TABLE;
  }
}
