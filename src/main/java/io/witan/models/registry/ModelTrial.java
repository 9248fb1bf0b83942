package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelFile;
import io.witan.engine.ModelInspection;
import io.witan.models.registry.ModelRegistry.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at a file before it becomes a model. */
final class ModelTrial {
  /** Room for a few tokens: enough to see whether the engine takes the file. */
  private static final int TRIAL_TOKENS = 64;

  private ModelTrial() {}

  /**
   * Sees whether the engine takes the file.
   *
   * @throws UnusableModel if not
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

  /** What the file and the administrator say of a model. */
  static ModelRepository.Row row(
      ModelStore.Copy copy, String fileName, Wanted wanted, Instant now) {
    try (var opened = ModelFile.open(copy.path())) {
      var inspected = opened.inspect();
      var told = wanted.licence();
      var licence = told != null ? told : opened.metadata().getOrDefault("general.license", "");
      return new ModelRepository.Row(
          new ModelId(UUID.randomUUID()),
          nameOf(wanted.name(), inspected, fileName),
          copy.sha256(),
          copy.bytes(),
          fileName,
          licence.strip(),
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
          now);
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  private static String nameOf(
      @Nullable String wanted, ModelInspection inspected, String fileName) {
    if (wanted != null) {
      return wanted;
    }
    var own = inspected.name().isBlank() ? fileName : inspected.name().strip();
    return own.substring(0, Math.min(ModelRegistry.MOST_NAME, own.length()));
  }
}
