package io.witan;

import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import io.witan.shared.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a model file into the installation. */
@Command(
    name = "add",
    description = {
      "Check a model file (GGUF) and copy it into the installation's state directory.",
      "Witan may be running meanwhile."
    })
final class ModelAdd implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "A GGUF file in one part.")
  private Path file = Path.of("");

  @Option(names = "--name", description = "What to call it (default: the name in the file).")
  private @Nullable String name;

  @Option(names = "--licence", description = "Its licence (default: the one in the file).")
  private @Nullable String licence;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try (var installation = Installation.open(data, err::println)) {
      var registry = installation.bean(ModelRegistry.class);
      long size = Files.isRegularFile(file) ? Files.size(file) : 0;
      var wanted = new ModelRegistry.Wanted(name, licence);
      print(out, registry.add(null, file, wanted, progress(err, size)));
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }

  /** Says every tenth. */
  private static LongConsumer progress(PrintWriter err, long size) {
    var said = new long[1];
    return bytes -> {
      long tenth = size == 0 ? 0 : 10 * bytes / size;
      if (tenth > said[0]) {
        said[0] = tenth;
        err.printf("%3d %% of %,d MB%n", 10 * tenth, size / 1_000_000);
        err.flush();
      }
    };
  }

  private static void print(PrintWriter out, RegisteredModel model) {
    out.printf("added “%s”%n", model.name());
    out.printf("  sha256   %s%n", model.sha256());
    out.printf("  licence  %s%n", model.licence().isEmpty() ? "not stated" : model.licence());
    out.printf(
        "  memory   %,d MB with %,d tokens of context%n",
        model.memoryBytes() / 1_000_000, model.memoryContextTokens());
    out.flush();
  }
}
