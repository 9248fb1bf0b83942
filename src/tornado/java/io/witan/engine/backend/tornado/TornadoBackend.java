package io.witan.engine.backend.tornado;

import io.witan.engine.DeviceSpeed;
import io.witan.engine.EngineException;
import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendDevice;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TornadoVM's device, where its classes are; found by {@link java.util.ServiceLoader}. */
public final class TornadoBackend implements Backend {
  /** Work items of a group on a device. */
  private static final int LANES = 32;

  /** Enough work to fill the largest GPUs while they wait for memory. */
  private static final int PROBE_GROUPS = 16_384;

  /** The emulator runs items one after another: fewer are faster, more than one shows races. */
  private static final int EMULATED_LANES = 4;

  private static final String PLAN = "uk.ac.manchester.tornado.api.TornadoExecutionPlan";
  private static final String EMULATOR = "uk.ac.manchester.tornado.api.Emulator";
  private static final String BAILOUT = "tornado.recover.bailout";

  /**
   * What TornadoVM's classes read when they are loaded: else it refuses methods that decode several
   * formats, and graphs of more than a few layers.
   */
  private static final Map<String, String> LIMITS =
      Map.of("tornado.compiler.fullInlining", "True", "tornado.tvm.maxbytecodesize", "4194304");

  @Override
  public String id() {
    return "tornado";
  }

  /** Nothing of TornadoVM may be named in this class: it is loaded where TornadoVM is not. */
  @Override
  public @Nullable String missing() {
    if (!isPresent(PLAN)) {
      return "TornadoVM's classes are not here: set TORNADOVM_HOME and start Java with its argfile";
    }
    if (!isEmulated() && !"False".equalsIgnoreCase(System.getProperty(BAILOUT))) {
      return "start Java with -D"
          + BAILOUT
          + "=False: else TornadoVM runs failed kernels in Java, with wrong results";
    }
    LIMITS.forEach(System.getProperties()::putIfAbsent);
    return null;
  }

  /** Whether the stand-in's classes are active, not the SDK's. */
  static boolean isEmulated() {
    return isPresent(EMULATOR);
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, TornadoBackend.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public List<BackendDevice> devices() {
    return TornadoDevices.all();
  }

  @Override
  public DeviceSpeed measure(int device) {
    boolean emulated = isEmulated();
    int lanes = emulated ? EMULATED_LANES : LANES;
    try {
      return new DeviceProbe(TornadoDevices.get(device), lanes, emulated ? 2 : PROBE_GROUPS)
          .measure();
    } catch (RuntimeException | Error failure) {
      throw refusal(failure);
    }
  }

  @Override
  public Program compile(Graph graph, Weights weights, BackendOptions options) {
    var missing = missing();
    if (missing != null) {
      throw new EngineException.Unsupported(missing);
    }
    try {
      return tried(
          new TornadoProgram(graph, weights, options, isEmulated() ? EMULATED_LANES : LANES));
    } catch (RuntimeException | Error failure) {
      throw refusal(failure);
    }
  }

  private static Program tried(TornadoProgram program) {
    try {
      program.tryOut();
      return program;
    } catch (RuntimeException | Error failure) {
      program.close();
      throw failure;
    }
  }

  /** TornadoVM shows what a device or its compiler refuses as any exception, and some errors. */
  static RuntimeException refusal(Throwable failure) {
    return switch (failure) {
      case EngineException known -> known;
      case OutOfMemoryError full ->
          new EngineException.Unsupported(
              "there is not enough memory for the copy of it that TornadoVM uploads: " + full);
      case VirtualMachineError fatal -> throw fatal;
      default -> new EngineException.Unsupported("TornadoVM failed: " + failure);
    };
  }
}
