package io.witan.engine.architecture;

import io.witan.engine.graph.Activation;
import io.witan.engine.graph.NormKind;
import io.witan.engine.graph.Rope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model family does that neither its tensors nor its metadata say.
 *
 * @param name {@code general.architecture} of its files
 * @param norm how rows are normalised before each block
 * @param pairing which numbers of a head turn together; null where heads do not turn
 * @param activation the bend of its feed-forward networks
 * @param norms the tensors that normalise within a block
 * @param renormalizesRoutes whether the chosen experts' probabilities are made to sum to one
 * @param turnsOnlyIfFinetuned whether {@code rope.scaling.finetuned = false} means that heads do
 *     not turn
 * @param scales what numbers are multiplied with where the file does not say it
 */
public record Architecture(
    String name,
    NormKind norm,
    Rope.@Nullable Pairing pairing,
    Activation activation,
    BlockNorms norms,
    boolean renormalizesRoutes,
    boolean turnsOnlyIfFinetuned,
    DefaultScales scales) {

  /**
   * Names of tensors after {@code blk.N.}, without {@code .weight}.
   *
   * @param feedForward normalises the input of the feed-forward network
   * @param afterAttention normalises what attention adds; null if nothing does
   * @param afterFeedForward as {@code afterAttention} for the feed-forward network: the first of
   *     these that is there; empty if nothing does
   */
  public record BlockNorms(
      String feedForward, @Nullable String afterAttention, List<String> afterFeedForward) {
    public BlockNorms {
      afterFeedForward = List.copyOf(afterFeedForward);
    }
  }

  /**
   * Factors of a family.
   *
   * @param embedding multiplies embeddings; 0 for the root of their width
   * @param attention multiplies the scores; 0 for one over the root of a head's size
   * @param attentionSoftcap limit of the scores, 0 for none
   * @param logits multiplies the logits, where the file's number does; 0 where the file's number
   *     divides them
   * @param besideExperts multiplies the sum of a dense network and the experts beside it
   */
  public record DefaultScales(
      float embedding,
      float attention,
      float attentionSoftcap,
      float logits,
      float besideExperts) {}

  /** A family with RMS norms, heads that turn in halves, and SiLU. */
  static Builder of(String name) {
    return new Builder(name);
  }

  /** One row of the table. */
  static final class Builder {
    private static final String USUAL_NORM = "ffn_norm";

    private final String name;
    private NormKind norm = NormKind.RMS;
    private Rope.@Nullable Pairing pairing = Rope.Pairing.HALVES;
    private Activation activation = Activation.SILU;
    private BlockNorms norms = new BlockNorms(USUAL_NORM, null, List.of());
    private boolean renormalizesRoutes;
    private boolean turnsOnlyIfFinetuned;
    private DefaultScales scales = new DefaultScales(1, 0, 0, 1, 1);

    private Builder(String name) {
      this.name = name;
    }

    Builder layerNorm() {
      norm = NormKind.LAYER;
      return this;
    }

    Builder turning(Rope.@Nullable Pairing newPairing) {
      pairing = newPairing;
      return this;
    }

    Builder gelu() {
      activation = Activation.GELU;
      return this;
    }

    /** The chosen experts' probabilities are made to sum to one. */
    Builder renormalizing() {
      renormalizesRoutes = true;
      return this;
    }

    Builder feedForwardNorm(String tensor) {
      norms = new BlockNorms(tensor, null, List.of());
      return this;
    }

    /** What attention and the feed-forward network add is normalised first. */
    Builder branchNorms(String afterAttention, String... afterFeedForward) {
      norms = new BlockNorms(USUAL_NORM, afterAttention, List.of(afterFeedForward));
      return this;
    }

    Builder turningOnlyIfFinetuned() {
      turnsOnlyIfFinetuned = true;
      return this;
    }

    Builder scales(
        float embedding, float attention, float softcap, float logits, float besideExperts) {
      scales = new DefaultScales(embedding, attention, softcap, logits, besideExperts);
      return this;
    }

    Architecture row() {
      return new Architecture(
          name, norm, pairing, activation, norms, renormalizesRoutes, turnsOnlyIfFinetuned, scales);
    }
  }
}
