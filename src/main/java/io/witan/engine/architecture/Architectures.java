package io.witan.engine.architecture;

import static io.witan.engine.graph.Activation.SILU;
import static io.witan.engine.graph.NormKind.LAYER;
import static io.witan.engine.graph.NormKind.RMS;
import static io.witan.engine.graph.Rope.Pairing.ADJACENT;
import static io.witan.engine.graph.Rope.Pairing.HALVES;

import io.witan.engine.EngineException;
import io.witan.engine.graph.NormKind;
import io.witan.engine.graph.Rope;
import java.util.List;
import java.util.stream.Collectors;

/** The table of model families: a new one is a row here and a golden test. */
public final class Architectures {
  private static final String FEED_FORWARD = "feed_forward_length";
  private static final String EXPERT = "expert_feed_forward_length";

  private static final List<Architecture> TABLE =
      List.of(
          row("dbrx", LAYER, HALVES, "attn_output_norm", true, FEED_FORWARD),
          row("llama", RMS, ADJACENT, "ffn_norm", true, FEED_FORWARD),
          row("qwen2moe", RMS, HALVES, "ffn_norm", false, EXPERT),
          row("qwen3moe", RMS, HALVES, "ffn_norm", true, EXPERT));

  private Architectures() {}

  private static Architecture row(
      String name,
      NormKind norm,
      Rope.Pairing pairing,
      String feedForwardNorm,
      boolean renormalizes,
      String expertWidthKey) {
    return new Architecture(
        name, norm, pairing, SILU, feedForwardNorm, renormalizes, expertWidthKey);
  }

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
