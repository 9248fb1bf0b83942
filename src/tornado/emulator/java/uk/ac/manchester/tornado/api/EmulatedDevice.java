package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** The only device there is: this process. */
public final class EmulatedDevice implements TornadoBackend, TornadoDevice, TornadoTargetDevice {
  private static final long MEMORY = 8L << 30;

  @Override
  public int getNumDevices() {
    return 1;
  }

  @Override
  public TornadoDevice getDevice(int index) {
    return this;
  }

  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return this;
  }

  @Override
  public String getDeviceName() {
    return "TornadoVM emulator";
  }

  @Override
  public TornadoDeviceType getDeviceType() {
    return TornadoDeviceType.CPU;
  }

  @Override
  public long getMaxGlobalMemory() {
    return MEMORY;
  }
}
