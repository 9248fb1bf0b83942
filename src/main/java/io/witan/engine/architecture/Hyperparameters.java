package io.witan.engine.architecture;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;

/**
 * The sizes and constants of one model, read from its file's metadata.
 *
 * @param architecture its family
 * @param contextLength positions it was trained for
 * @param width numbers of one row of activations
 * @param heads query heads of a layer
 * @param keyHeads key (and value) heads of a layer; divides {@code heads}
 * @param headSize numbers of a head
 * @param feedForwardWidth hidden numbers of a dense feed-forward network, 0 if unsaid
 * @param experts experts of a layer, 0 for a dense model
 * @param expertsUsed experts that each token meets
 * @param epsilon of the norms
 * @param turns whether heads turn with the position
 * @param ropeScaling how positions beyond those of the training turn heads
 */
public record Hyperparameters(
    Architecture architecture,
    int contextLength,
    int width,
    int layers,
    int heads,
    int keyHeads,
    int headSize,
    int feedForwardWidth,
    int experts,
    int expertsUsed,
    float epsilon,
    boolean turns,
    float ropeBase,
    int ropeDimensions,
    RopeScaling ropeScaling,
    Scales scales) {

  /** Larger sizes are taken for a damaged file: no model comes near. */
  private static final int MOST = 1 << 24;

  private static final float ROPE_BASE = 10_000;

  /**
   * Reads them.
   *
   * @throws EngineException if the family is unknown, or a size is missing or absurd
   */
  public static Hyperparameters read(GgufMetadata metadata) {
    var architecture = Architectures.named(metadata.string("general.architecture"));
    return new Reader(metadata, architecture).read();
  }

  /** Query numbers of one row. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Key numbers (and value numbers) of one row. */
  public int keyWidth() {
    return keyHeads * headSize;
  }

  private record Reader(GgufMetadata metadata, Architecture architecture) {
    Hyperparameters read() {
      int width = required("embedding_length");
      int heads = required("attention.head_count");
      int keyHeads = optional("attention.head_count_kv", heads);
      int headSize = optional("attention.key_length", width / heads);
      check(headSize > 0 && headSize % 2 == 0, "attention.key_length", headSize);
      check(keyHeads > 0 && heads % keyHeads == 0, "attention.head_count_kv", keyHeads);
      check((long) heads * headSize <= MOST, "attention.head_count", heads);
      int valueSize = optional("attention.value_length", headSize);
      check(valueSize == headSize, "attention.value_length", valueSize);
      int ropeDimensions = optional("rope.dimension_count", headSize);
      check(
          ropeDimensions > 0 && ropeDimensions % 2 == 0 && ropeDimensions <= headSize,
          "rope.dimension_count",
          ropeDimensions);
      int experts = optional("expert_count", 0);
      int used = experts == 0 ? 0 : required("expert_used_count");
      check(used <= experts && (experts == 0 || used > 0), "expert_used_count", used);
      int context = required("context_length");
      float ropeBase = number("rope.freq_base", ROPE_BASE);
      return new Hyperparameters(
          architecture,
          context,
          width,
          required("block_count"),
          heads,
          keyHeads,
          headSize,
          optional("feed_forward_length", 0),
          experts,
          used,
          epsilon(),
          turns(),
          ropeBase,
          ropeDimensions,
          RopeScaling.read(metadata, architecture.name(), ropeDimensions, ropeBase, context),
          Scales.read(metadata, architecture, width, headSize));
    }

    private boolean turns() {
      return architecture.pairing() != null
          && (!architecture.turnsOnlyIfFinetuned()
              || metadata.findBoolean(key("rope.scaling.finetuned")).orElse(true));
    }

    private float epsilon() {
      String key =
          switch (architecture.norm()) {
            case RMS -> "attention.layer_norm_rms_epsilon";
            case LAYER -> "attention.layer_norm_epsilon";
          };
      return metadata.floatValue(key(key));
    }

    private String key(String name) {
      return architecture.name() + "." + name;
    }

    private int required(String name) {
      int value = metadata.intValue(key(name));
      check(value > 0 && value <= MOST, name, value);
      return value;
    }

    private int optional(String name, int otherwise) {
      int value = metadata.findInt(key(name)).orElse(otherwise);
      check(value >= 0 && value <= MOST, name, value);
      return value;
    }

    private float number(String name, float otherwise) {
      return (float) metadata.findFloat(key(name)).orElse(otherwise);
    }

    private void check(boolean holds, String name, int value) {
      if (!holds) {
        throw new EngineException.InvalidFile(key(name) + " makes no sense: " + value);
      }
    }
  }
}
