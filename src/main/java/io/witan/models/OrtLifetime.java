package io.witan.models;

import ai.onnxruntime.OrtEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ONNX Runtime until the process has ended. Its Java library frees the environment in a
 * shutdown hook, beside Spring's, which still waits for what reads a model: that then ended the
 * process with a segmentation fault, before PostgreSQL was stopped. The environment counts its
 * references, so a second one that is never given back keeps it.
 */
final class OrtLifetime {
  private static final Logger log = LoggerFactory.getLogger(OrtLifetime.class);
  private static final int WARNINGS = 2;

  private static boolean isExtended;

  private OrtLifetime() {}

  /** Once; without effect, but for a line of the log, where the library has changed. */
  static synchronized void extend() {
    if (isExtended) {
      return;
    }
    isExtended = true;
    OrtEnvironment.getEnvironment();
    try {
      var api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      var create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(null, api.getLong(null), WARNINGS, "witan");
    } catch (ReflectiveOperationException | RuntimeException changed) {
      log.warn("ONNX Runtime may end the process with a fault if it stops while starting", changed);
    }
  }
}
