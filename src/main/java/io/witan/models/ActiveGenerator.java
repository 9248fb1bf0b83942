package io.witan.models;

import io.witan.models.GeneratorDescription.LoadProblem;
import io.witan.models.GeneratorDescription.WantedModel;
import io.witan.models.residency.KnownModel;
import io.witan.models.residency.Residency;
import io.witan.models.residency.ResidentModels;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which model writes answers; until one can, answers are quotes. */
@Component
public class ActiveGenerator {
  private final ResidentModels models;

  ActiveGenerator(ResidentModels models) {
    this.models = models;
  }

  /** How answers come about. */
  public enum Mode {
    /** The best sentences of the found passages, verbatim. */
    QUOTE,
    /** A model writes them. */
    MODEL
  }

  public GeneratorDescription describe() {
    var residency = models.residency();
    var speed = models.speed();
    var active = residency.active();
    if (active == null) {
      return new GeneratorDescription(
          Mode.QUOTE,
          "Quotes",
          "No text-generating model is active. Answers are the best sentences of your documents,"
              + " word for word, each with its citation.",
          residency.state(),
          null,
          0,
          false,
          0,
          0,
          null,
          wanted(residency));
    }
    return new GeneratorDescription(
        Mode.MODEL,
        active.name(),
        description(active),
        residency.state(),
        active.id(),
        speed.contextTokens(),
        active.chatTemplate(),
        speed.promptTokensPerSecond(),
        speed.generatedTokensPerSecond(),
        active.host(),
        wanted(residency));
  }

  private static String description(KnownModel active) {
    return active.host() == null
        ? "Answers are written by “%s”, which runs on this machine, from your documents."
            .formatted(active.name())
        : ("Answers are written by “%s” on %s. Questions, and passages of collections that may leave"
                + " this machine, are sent there.")
            .formatted(active.name(), active.host());
  }

  private static @Nullable WantedModel wanted(Residency residency) {
    var model = residency.wanted();
    var failure = residency.failure();
    return model == null
        ? null
        : new WantedModel(
            model.id(),
            model.name(),
            failure == null
                ? null
                : new LoadProblem(failure.code(), failure.title(), failure.detail()));
  }
}
