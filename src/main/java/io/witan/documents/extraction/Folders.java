package io.witan.documents.extraction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Deletes what a worker left behind. */
final class Folders {

  private Folders() {}

  /** As far as possible: what cannot be deleted now is left to the system's own cleaning. */
  static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      return;
    }
  }
}
