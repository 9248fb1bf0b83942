package io.witan;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command shares that needs the installation's state. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:WITAN_DATA:-var}",
      description =
          "The directory that holds all state of this installation (default: $WITAN_DATA, else"
              + " ./var).")
  Path directory = Path.of("var");
}
