package io.witan.models;

import io.witan.models.residency.Residency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The generator as people see it.
 *
 * @param state of the model that was activated last; what answers until it does is {@code name}
 * @param modelId of the model that answers; null for quotes
 * @param contextTokens of prompt and answer together; 0 for quotes
 * @param chatTemplate whether it knows how a conversation is written
 * @param promptTokensPerSecond that are read, as measured; 0 for quotes
 * @param generatedTokensPerSecond that one answer alone gets, as measured; 0 for quotes
 * @param host where text goes while it is active; null if everything stays on this machine
 * @param wanted the model that is being loaded, or could not be
 */
public record GeneratorDescription(
    ActiveGenerator.Mode mode,
    String name,
    String description,
    Residency.State state,
    @Nullable UUID modelId,
    int contextTokens,
    boolean chatTemplate,
    double promptTokensPerSecond,
    double generatedTokensPerSecond,
    @Nullable String host,
    @Nullable WantedModel wanted) {

  /**
   * A model that was activated and does not answer yet.
   *
   * @param problem why it will not; null while it is being loaded
   */
  public record WantedModel(UUID id, String name, @Nullable LoadProblem problem) {}

  /** Why a model could not be loaded, as a problem without a status. */
  public record LoadProblem(String code, String title, String detail) {}

  GeneratorDescription withoutWanted() {
    return new GeneratorDescription(
        mode,
        name,
        description,
        modelId == null ? Residency.State.EMPTY : Residency.State.ACTIVE,
        modelId,
        contextTokens,
        chatTemplate,
        promptTokensPerSecond,
        generatedTokensPerSecond,
        host,
        null);
  }
}
