package io.witan.engine;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The parity fixtures; tests that need them are skipped where they are not. */
public final class Fixtures {
  private Fixtures() {}

  public static Path path(String name) {
    var path = Path.of(System.getProperty("witan.shared", "../shared"), "engine-fixtures", name);
    assumeThat(Files.exists(path)).as("fixture %s", path).isTrue();
    return path;
  }
}
