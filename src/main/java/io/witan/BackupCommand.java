package io.witan;

import io.witan.database.Backup;
import io.witan.database.OpenDatabase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes everything into one file; the server may be running. */
@Command(
    name = "backup",
    description = {
      "Write documents, conversations, people and settings into one file.",
      "Witan may be running meanwhile. The file is as confidential as the documents."
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist yet.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (var open = OpenDatabase.forCommand(data.directory, System.getenv(), out::println)) {
      var manifest = Backup.write(open, file, Clock.systemUTC(), out::println);
      out.println(
          "backed up "
              + manifest.rows()
              + " rows of "
              + manifest.tables().size()
              + " tables to "
              + file.toAbsolutePath());
    }
    return 0;
  }
}
