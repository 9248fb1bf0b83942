package io.witan.engine.architecture;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;

/**
 * What a model multiplies its numbers with, and how it limits them. A limit of 0 is none.
 *
 * @param embedding multiplies embeddings
 * @param residual multiplies what each half of a block adds
 * @param attention multiplies the scores
 * @param attentionSoftcap soft limit of the scores
 * @param attentionBias largest slope by which scores sink with distance (ALiBi; Press et al. 2022),
 *     0 for none
 * @param clamp limit of queries, keys and values
 * @param experts multiplies the routes' weights
 * @param besideExperts multiplies the sum of a dense network and the experts beside it
 * @param logits multiplies the logits
 * @param logitSoftcap soft limit of the logits
 */
public record Scales(
    float embedding,
    float residual,
    float attention,
    float attentionSoftcap,
    float attentionBias,
    float clamp,
    float experts,
    float besideExperts,
    float logits,
    float logitSoftcap) {

  /**
   * Reads them.
   *
   * @throws EngineException if one is not a number that makes sense
   */
  static Scales read(GgufMetadata metadata, Architecture family, int width, int headSize) {
    var reader = new Reader(metadata, family.name() + ".");
    var defaults = family.scales();
    float embedding = defaults.embedding() == 0 ? root(width) : defaults.embedding();
    float attention = defaults.attention() == 0 ? 1 / root(headSize) : defaults.attention();
    float score = reader.orDefault("attention.scale", attention);
    float logits = reader.orDefault("logit_scale", defaults.logits() == 0 ? 1 : defaults.logits());
    return new Scales(
        reader.orDefault("embedding_scale", embedding),
        reader.orDefault("residual_scale", 1),
        reader.orDefault("attention.output_scale", score),
        reader.limit("attn_logit_softcapping", defaults.attentionSoftcap()),
        reader.limit("attention.max_alibi_bias", 0),
        reader.limit("attention.clamp_kqv", 0),
        reader.orDefault("expert_weights_scale", 1),
        defaults.besideExperts(),
        defaults.logits() == 0 ? 1 / logits : logits,
        reader.limit("final_logit_softcapping", 0));
  }

  private static float root(int number) {
    return (float) Math.sqrt(number);
  }

  private record Reader(GgufMetadata metadata, String prefix) {
    /** A factor; 0 in a file means that it says nothing. */
    float orDefault(String name, float otherwise) {
      float found = (float) metadata.findFloat(prefix + name).orElse(0);
      return found == 0 ? otherwise : checked(name, found, Float.isFinite(found));
    }

    float limit(String name, float otherwise) {
      float found = (float) metadata.findFloat(prefix + name).orElse(otherwise);
      return checked(name, found, found >= 0 && Float.isFinite(found));
    }

    private float checked(String name, float value, boolean holds) {
      if (!holds) {
        throw new EngineException.InvalidFile(prefix + name + " makes no sense: " + value);
      }
      return value;
    }
  }
}
