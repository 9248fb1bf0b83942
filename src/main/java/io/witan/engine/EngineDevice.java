package io.witan.engine;

import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendDevice;
import io.witan.engine.backend.cpu.CpuBackend;
import io.witan.engine.backend.cpu.ScalarBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model runs on.
 *
 * @param backend {@code cpu}, {@code cpu-scalar} or {@code tornado}
 * @param name of the device
 * @param number of the device among those of its back end
 * @param memoryBytes what the device has; 0 for the processor
 * @param budgetBytes of these, what the engine may take; 0 for the processor
 * @param reason why {@code auto} took nothing better; null if it did, or was not asked
 */
public record EngineDevice(
    String backend,
    String name,
    int number,
    long memoryBytes,
    long budgetBytes,
    @Nullable String reason) {
  /** Takes a device if it is worth it, else the processor. */
  public static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final String TORNADO = "tornado";

  /** The processor. */
  static EngineDevice processor(@Nullable String reason) {
    return new EngineDevice(CPU, "CPU", 0, 0, 0, reason);
  }

  /** Whether weights, keys and values lie in memory of its own. */
  public boolean isSeparate() {
    return memoryBytes > 0;
  }

  /**
   * What the options would choose now, for any model.
   *
   * @throws EngineException if they name what is not there
   */
  public static EngineDevice choose(EngineOptions options) {
    if (!AUTO.equals(options.backend())) {
      return of(backend(options.backend()), options);
    }
    try {
      return of(backend(TORNADO), options);
    } catch (EngineException unfit) {
      return processor(unfit.getMessage());
    }
  }

  private static EngineDevice of(Backend backend, EngineOptions options) {
    var missing = backend.missing();
    if (missing != null) {
      throw new EngineException.Unsupported(missing);
    }
    if (!backend.id().equals(TORNADO)) {
      return new EngineDevice(backend.id(), "CPU", 0, 0, 0, null);
    }
    var devices = backend.devices();
    int number = numberOf(devices, options);
    var device = devices.get(number);
    long budget =
        options.deviceMemory() > 0 ? options.deviceMemory() : device.memoryBytes() / 10 * 9;
    return new EngineDevice(
        backend.id(), device.name(), number, device.memoryBytes(), budget, null);
  }

  /** Of the device that was named; else the first accelerator; else, unless auto, the first. */
  private static int numberOf(List<BackendDevice> devices, EngineOptions options) {
    var wanted = options.device();
    if (devices.isEmpty()) {
      throw new EngineException.Unsupported(
          "TornadoVM has no device: is its driver installed, and may this account use it?");
    }
    for (int i = 0; i < devices.size(); i++) {
      if (wanted == null ? devices.get(i).accelerator() : isNamed(devices.get(i), i, wanted)) {
        return i;
      }
    }
    if (wanted != null) {
      throw new EngineException.Unsupported(
          "there is no device %s; there are: %s".formatted(wanted, names(devices)));
    }
    if (AUTO.equals(options.backend())) {
      throw new EngineException.Unsupported(
          "no device is a GPU; there are: %s (to use one all the same, name it)"
              .formatted(names(devices)));
    }
    return 0;
  }

  private static boolean isNamed(BackendDevice device, int number, String wanted) {
    return wanted.chars().allMatch(Character::isDigit)
        ? wanted.equals(Integer.toString(number))
        : device.name().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
  }

  private static String names(List<BackendDevice> devices) {
    var names = new ArrayList<String>();
    for (var device : devices) {
      names.add(names.size() + " " + device.name());
    }
    return String.join(", ", names);
  }

  static Backend backend(String id) {
    var known = new ArrayList<Backend>(List.of(new CpuBackend(), new ScalarBackend()));
    ServiceLoader.load(Backend.class, EngineDevice.class.getClassLoader()).forEach(known::add);
    for (var backend : known) {
      if (backend.id().equals(id)) {
        return backend;
      }
    }
    throw new EngineException.Unsupported(
        "no back end %s; there are: %s, %s"
            .formatted(
                id, AUTO, known.stream().map(Backend::id).collect(Collectors.joining(", "))));
  }
}
