package io.witan.models;

import io.witan.engine.EngineDevice;
import io.witan.engine.EngineException;
import io.witan.models.residency.EngineSettings;
import io.witan.models.residency.ResidentModels;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** What computes models on this machine. */
@Component
class ComputeBackend {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private final ResidentModels models;
  private final EngineSettings settings;

  /** Looks for devices once: a driver takes its time, and what it finds stays. */
  private final Supplier<BackendDescription> chosen = SingletonSupplier.of(this::choose);

  ComputeBackend(ResidentModels models, EngineSettings settings) {
    this.models = models;
    this.settings = settings;
  }

  /**
   * What runs the active model, or would run a model now.
   *
   * @param id {@code cpu}, {@code cpu-scalar} or {@code tornado}
   * @param name of the device
   * @param detail the rest in a sentence, in English
   * @param available whether this process can use it
   * @param processors of this machine
   * @param architecture as the JVM names it, such as {@code amd64}
   * @param vectorApi whether the Vector API is there, without which the processor is slow
   * @param memoryBytes of the device; 0 for the processor
   * @param budgetBytes what of this may be taken; 0 for the processor
   * @param reason why no GPU is used, or what is configured cannot be, in English; null if it is as
   *     configured
   */
  record BackendDescription(
      String id,
      String name,
      String detail,
      boolean available,
      int processors,
      String architecture,
      boolean vectorApi,
      long memoryBytes,
      long budgetBytes,
      @Nullable String reason) {}

  BackendDescription describe() {
    return models.device().map(device -> describe(device, true)).orElseGet(chosen);
  }

  private BackendDescription choose() {
    try {
      return describe(settings.choose(), true);
    } catch (EngineException missing) {
      var nothing =
          new EngineDevice(settings.backend(), settings.backend(), 0, 0, 0, missing.getMessage());
      return describe(nothing, false);
    }
  }

  private static BackendDescription describe(EngineDevice device, boolean available) {
    int processors = Runtime.getRuntime().availableProcessors();
    var architecture = System.getProperty("os.arch");
    boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return new BackendDescription(
        device.backend(),
        device.name(),
        "%d %s (%s); Vector API %s"
            .formatted(
                processors,
                processors == 1 ? "processor" : "processors",
                architecture,
                vectors ? "present" : "absent: start Java with --add-modules " + VECTOR_MODULE),
        available,
        processors,
        architecture,
        vectors,
        device.memoryBytes(),
        device.budgetBytes(),
        device.reason());
  }
}
