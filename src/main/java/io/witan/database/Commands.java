package io.witan.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of the operating system to their end. */
final class Commands {
  private Commands() {}

  /**
   * What a finished program left.
   *
   * @param exit its exit status
   * @param output standard output and error together
   */
  record Outcome(int exit, String output) {
    boolean ok() {
      return exit == 0;
    }
  }

  /** Runs the command with the environment of this process plus {@code LC_ALL=C}. */
  static Outcome run(List<String> command, Path workingDirectory) {
    var builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().put("LC_ALL", "C");
    return run(builder);
  }

  /** Runs the prepared command; its input is empty. */
  static Outcome run(ProcessBuilder builder) {
    String name = builder.command().getFirst();
    try {
      var process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output.strip());
    } catch (IOException e) {
      return new Outcome(127, name + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseProblem("Interrupted while waiting for " + name, e);
    }
  }

  /** Whether a program of this name is on the search path. */
  static boolean exists(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    for (String directory : path.split(java.io.File.pathSeparator)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
