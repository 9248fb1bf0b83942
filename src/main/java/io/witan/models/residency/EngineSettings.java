package io.witan.models.residency;

import io.witan.engine.EngineDevice;
import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code witan.engine.*}: what models run on.
 *
 * @param backend auto (a GPU if TornadoVM has one and the model fits, else the processor), cpu,
 *     cpu-scalar (the slow reference) or tornado
 * @param device its number among TornadoVM's, or a part of its name; absent for the first GPU
 * @param deviceMemory that may be taken there; absent for nine tenths
 */
@ConfigurationProperties("witan.engine")
public record EngineSettings(
    @DefaultValue(EngineDevice.AUTO) String backend,
    @Nullable String device,
    @Nullable DataSize deviceMemory) {
  private static final List<String> BACKENDS =
      List.of(EngineDevice.AUTO, "cpu", "cpu-scalar", "tornado");

  public EngineSettings {
    if (!BACKENDS.contains(backend)) {
      throw new IllegalArgumentException(
          "witan.engine.backend must be one of %s, not %s"
              .formatted(String.join(", ", BACKENDS), backend));
    }
    if (deviceMemory != null && deviceMemory.toBytes() <= 0) {
      throw new IllegalArgumentException(
          "witan.engine.device-memory must be positive, not " + deviceMemory);
    }
  }

  /** Settings when nothing is configured. */
  public static EngineSettings defaults() {
    return new EngineSettings(EngineDevice.AUTO, null, null);
  }

  /**
   * What any model would run on now.
   *
   * @throws EngineException if what is configured is not there
   */
  public EngineDevice choose() {
    return EngineDevice.choose(on(EngineOptions.defaults()));
  }

  /**
   * An estimate with the device that would be used.
   *
   * @param takenBytes of the device by the active model
   */
  ModelFit place(ModelFit fit, long takenBytes) {
    try {
      var place = DeviceFit.of(choose(), fit, takenBytes);
      return fit.on(place, !backend.equals(EngineDevice.AUTO));
    } catch (EngineException missing) {
      return fit; // loading says what is missing
    }
  }

  EngineOptions on(EngineOptions options) {
    var wanted = device == null || device.isBlank() ? null : device;
    return options.on(backend, wanted, deviceMemory == null ? 0 : deviceMemory.toBytes());
  }
}
