package io.witan.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokenizer library off the network and out of the home directory.
 *
 * <p>DJL reads these settings from system properties only, when its classes load: {@code
 * ai.djl.offline} forbids downloads, {@code OPT_OUT_TRACKING} its usage ping, and {@code
 * DJL_CACHE_DIR} replaces {@code ~/.djl.ai}.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  static synchronized void prepare(@Nullable Path folder) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (System.getProperty("DJL_CACHE_DIR") == null) {
      System.setProperty("DJL_CACHE_DIR", (folder == null ? temporary() : folder).toString());
    }
  }

  private static Path temporary() {
    try {
      var folder = Files.createTempDirectory("witan-native-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "native-clean-up"));
      return folder;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      // the operating system's own cleaning of temporary files takes the rest
    }
  }
}
