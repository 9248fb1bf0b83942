package io.witan;

import io.witan.database.OpenDatabase;
import io.witan.database.Restore;
import io.witan.database.ServerSettings;
import io.witan.database.StateDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a backup back; the server must not be running. */
@Command(
    name = "restore",
    description = {
      "Read a backup into this installation. Stop Witan first.",
      "If anything is wrong with the file, nothing is changed."
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--replace",
      description =
          "Give up what this installation holds now. Without it a restore needs an empty one.")
  private boolean replace;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (var state = StateDirectory.open(data.directory);
        var open =
            OpenDatabase.forServer(
                state, ServerSettings.defaults(), System.getenv(), out::println)) {
      var manifest = Restore.read(open, file, replace, out::println);
      out.println("restored " + manifest.rows() + " rows, as of " + manifest.createdAt());
    }
    return 0;
  }
}
