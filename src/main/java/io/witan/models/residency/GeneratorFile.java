package io.witan.models.residency;

import io.witan.engine.ModelFile;
import io.witan.models.generation.Generator;
import io.witan.models.registry.RegisteredModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** A model that writes from a file as it lies there, without being added to any installation. */
public final class GeneratorFile implements AutoCloseable {
  private final ResidentModel resident;

  private GeneratorFile(ResidentModel resident) {
    this.resident = resident;
  }

  /**
   * Loads and measures it.
   *
   * @throws io.witan.engine.EngineException if it is no GGUF file
   * @throws ModelTooLarge if it does not fit
   * @throws ModelNotLoaded if the engine refuses it
   */
  public static GeneratorFile open(Path file, Clock clock) {
    var model = described(file, clock);
    var settings = GeneratorSettings.defaults();
    var fit = ModelFit.of(model, 0, settings, MachineMemory.now()).orRefuse(model);
    var options = EngineSettings.defaults().on(settings.engine(fit));
    return new GeneratorFile(ResidentModel.load(model, file, options, settings, clock));
  }

  private static RegisteredModel described(Path file, Clock clock) {
    var name = String.valueOf(file.getFileName());
    try (var opened = ModelFile.open(file)) {
      var inspected = opened.inspect();
      long bytes = inspected.fileBytes();
      return new RegisteredModel(
          new UUID(0, 1),
          inspected.name().isBlank() ? name : inspected.name(),
          "",
          bytes,
          name,
          "",
          inspected.architecture(),
          "",
          inspected.parameters(),
          inspected.activeParameters(),
          inspected.experts(),
          inspected.expertsUsed(),
          inspected.contextTokens(),
          inspected.vocabulary(),
          inspected.hasChatTemplate(),
          inspected.memory().cacheBytesPerToken(),
          inspected.memory().totalBytes(),
          inspected.memory().contextTokens(),
          true,
          clock.instant(),
          null);
    }
  }

  public Generator generator() {
    return resident.generator();
  }

  @Override
  public void close() {
    resident.close(Duration.ZERO);
  }
}
