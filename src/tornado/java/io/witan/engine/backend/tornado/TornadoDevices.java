package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.BackendDevice;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of all drivers that TornadoVM was built with, in its order. */
final class TornadoDevices {
  /** TornadoVM's own limit is of the process and 4 GB; the limit here is {@link DeviceBudget}. */
  private static final String OWN_LIMIT = "tornado.device.memory";

  private TornadoDevices() {}

  static List<BackendDevice> all() {
    return found().stream()
        .map(
            device ->
                new BackendDevice(
                    device.getPhysicalDevice().getDeviceName().strip(),
                    device.getMaxGlobalMemory(),
                    device.getDeviceType() != TornadoDeviceType.CPU))
        .toList();
  }

  static TornadoDevice get(int number) {
    return found().get(number);
  }

  /** A driver that is broken shows as any error at all, also of linking. */
  private static List<TornadoDevice> found() {
    System.getProperties().putIfAbsent(OWN_LIMIT, "1048576GB");
    try {
      var runtime = TornadoRuntimeProvider.getTornadoRuntime();
      var devices = new ArrayList<TornadoDevice>();
      for (int i = 0; i < runtime.getNumBackends(); i++) {
        var backend = runtime.getBackend(i);
        for (int j = 0; j < backend.getNumDevices(); j++) {
          devices.add(backend.getDevice(j));
        }
      }
      return devices;
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (RuntimeException | Error broken) {
      throw new EngineException.Unsupported(
          "TornadoVM cannot reach a device (%s): is its driver installed, and may this account use"
                  .formatted(broken)
              + " it?");
    }
  }
}
