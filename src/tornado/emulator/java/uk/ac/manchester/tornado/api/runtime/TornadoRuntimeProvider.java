package uk.ac.manchester.tornado.api.runtime;

import uk.ac.manchester.tornado.api.EmulatedDevice;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** One runtime with one device: the emulator. */
public class TornadoRuntimeProvider {
  private static final TornadoRuntime RUNTIME = index -> new EmulatedDevice();

  public static TornadoRuntime getTornadoRuntime() {
    return RUNTIME;
  }

  private TornadoRuntimeProvider() {}
}
