package io.witan;

import io.witan.engine.ModelParts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one file of a model in parts. */
@Command(
    name = "join",
    description = {
      "Join the parts of a model (NAME-00001-of-0000N.gguf and so on, beside each other) in one",
      "GGUF file. OUT appears when it is whole; the parts stay."
    })
final class ModelJoin implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FIRST", description = "The first part.")
  private Path first = Path.of(".");

  @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
  private Path out = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new CommandProblem(out + " exists: delete it or choose another name.");
    }
    var parts =
        ModelParts.of(first)
            .orElseThrow(
                () ->
                    new CommandProblem(
                        first + " is no part of a model: its name has no -00001-of-0000N."));
    parts.join(out, progress(parts.bytes(), spec.commandLine().getErr()));
    var writer = spec.commandLine().getOut();
    writer.printf(
        "wrote %s of %d parts, %,d MB%n", out, parts.name().count(), Files.size(out) / 1_000_000);
    writer.flush();
    return 0;
  }

  /** Says every tenth. */
  private static LongConsumer progress(long size, PrintWriter err) {
    var said = new long[1];
    return bytes -> {
      long tenth = 10 * bytes / size;
      if (tenth > said[0]) {
        said[0] = tenth;
        err.printf("%3d %% of %,d MB%n", 10 * tenth, size / 1_000_000);
        err.flush();
      }
    };
  }
}
