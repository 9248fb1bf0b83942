package io.witan.engine.synthesis;

import io.witan.engine.tensor.TensorFormat;
import java.util.List;

/**
 * What a random-weight model shall look like.
 *
 * @param architecture {@code dbrx}, {@code llama}, {@code qwen2moe} or {@code qwen3moe}
 * @param width numbers of one row of activations, a multiple of 256
 * @param experts experts of a layer, 0 for dense (llama only)
 * @param used experts that each token meets
 * @param format of all matrices but the router, which is F32, and the output of a Q4_K model, which
 *     is Q6_K
 */
public record ModelShape(
    String architecture,
    int layers,
    int width,
    int experts,
    int used,
    TensorFormat format,
    long seed) {

  /** Chosen so that 24 layers of width 1024 with 16 experts have 1.37 billion parameters. */
  static final int VOCABULARY = 40_960;

  private static final int HEAD_SIZE = 64;

  private static final List<String> FAMILIES = List.of("dbrx", "llama", "qwen2moe", "qwen3moe");

  public ModelShape {
    if (!FAMILIES.contains(architecture)) {
      throw new IllegalArgumentException(
          "no random models of %s; of: %s".formatted(architecture, String.join(", ", FAMILIES)));
    }
    if (layers < 1 || width < 256 || width % 256 != 0) {
      throw new IllegalArgumentException(
          "layers %d, width %d: the width is a multiple of 256".formatted(layers, width));
    }
    if (experts < 0 || (experts > 0 && (used < 1 || used > experts))) {
      throw new IllegalArgumentException("%d of %d experts".formatted(used, experts));
    }
    if (experts == 0 && !architecture.equals("llama")) {
      throw new IllegalArgumentException(architecture + " has experts");
    }
  }

  int headSize() {
    return HEAD_SIZE;
  }

  int heads() {
    return width / HEAD_SIZE;
  }

  int keyHeads() {
    return heads() / 2;
  }

  int keyWidth() {
    return keyHeads() * HEAD_SIZE;
  }

  /** Hidden numbers of an expert, or of the dense network. */
  int hidden() {
    return experts > 0 ? width : 4 * width;
  }
}
