package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelFile;
import io.witan.engine.ModelInspection;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What a file says of its model. */
final class ModelDescription {
  /** Room for a few tokens: enough to see whether the engine takes the file. */
  private static final int TRIAL_TOKENS = 64;

  private ModelDescription() {}

  /**
   * @throws UnusableModel if the engine does not take the file
   */
  static void tryOut(Path file, String fileName) {
    var options =
        EngineOptions.defaults().withContextTokens(TRIAL_TOKENS).withCacheTokens(TRIAL_TOKENS);
    try (var model = LanguageModel.load(file, options)) {
      model.tokenizer();
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  /** A new model of a file that was copied. */
  static ModelRepository.Row row(
      ModelStore.Copy copy, String fileName, ModelRegistry.Wanted wanted, Instant now) {
    try (var opened = ModelFile.open(copy.path())) {
      var inspected = opened.inspect();
      var told = wanted.licence();
      var licence = told != null ? told : opened.metadata().getOrDefault("general.license", "");
      var identity =
          new Identity(
              new ModelId(UUID.randomUUID()),
              checkedName(wanted, inspected, fileName),
              copy.sha256(),
              copy.bytes(),
              fileName,
              licence);
      return row(identity, inspected, now);
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  /** What of a model is not in the network. */
  record Identity(
      ModelId id, String name, String sha256, long bytes, String fileName, String licence) {}

  static ModelRepository.Row row(Identity identity, ModelInspection inspected, Instant addedAt) {
    return new ModelRepository.Row(
        identity.id(),
        identity.name(),
        identity.sha256(),
        identity.bytes(),
        identity.fileName(),
        identity.licence().strip(),
        inspected.architecture(),
        inspected.formats().keySet().stream().findFirst().orElse(""),
        inspected.parameters(),
        inspected.activeParameters(),
        inspected.experts(),
        inspected.expertsUsed(),
        inspected.contextTokens(),
        inspected.vocabulary(),
        inspected.hasChatTemplate(),
        inspected.memory().cacheBytesPerToken(),
        addedAt.truncatedTo(ChronoUnit.MICROS));
  }

  private static String checkedName(
      ModelRegistry.Wanted wanted, ModelInspection inspected, String fileName) {
    var told = wanted.name();
    if (told != null) {
      return told;
    }
    var own = inspected.name().isBlank() ? fileName : inspected.name().strip();
    return own.substring(0, Math.min(ModelRegistry.MOST_NAME, own.length()));
  }
}
