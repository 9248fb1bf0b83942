package io.witan.models.residency;

import io.witan.shared.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What is in memory, and what is about to be.
 *
 * @param active the model that answers; null for quotes
 * @param wanted the model that is being loaded or could not be; null if there is none
 * @param failure why not
 */
public record Residency(
    State state,
    @Nullable KnownModel active,
    @Nullable KnownModel wanted,
    @Nullable Failure failure) {

  /** Of the model that was wanted last. */
  public enum State {
    /** None is wanted. */
    EMPTY,
    /** It is being loaded; what was active before still answers. */
    LOADING,
    /** It answers. */
    ACTIVE,
    /** It could not be loaded; what was active before still answers. */
    FAILED
  }

  static Residency empty() {
    return new Residency(State.EMPTY, null, null, null);
  }

  static Residency of(@Nullable AnsweringModel model) {
    return model == null ? empty() : new Residency(State.ACTIVE, model.known(), null, null);
  }

  Residency loading(KnownModel model) {
    return new Residency(State.LOADING, active, model, null);
  }

  Residency failed(KnownModel model, Failure reason) {
    return new Residency(State.FAILED, active, model, reason);
  }
}
