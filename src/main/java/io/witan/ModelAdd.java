package io.witan;

import io.witan.engine.ModelParts;
import io.witan.models.fetch.FetchAddress;
import io.witan.models.intake.IncomingModels;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import io.witan.shared.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
      "Check a model file (GGUF) and copy it into the installation's state directory, or fetch it",
      "from an address there. Witan may be running meanwhile. A fetch that was interrupted goes on",
      "where it stopped when the same command is given again. The parts of a model",
      "(NAME-00001-of-0000N.gguf) are joined on the way."
    })
final class ModelAdd implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      paramLabel = "FILE|URL",
      description = "A GGUF file, of a model in parts the first, or its address (https).")
  private String source = "";

  @Option(names = "--name", description = "What to call it (default: the name in the file).")
  private @Nullable String name;

  @Option(names = "--licence", description = "Its licence (default: the one in the file).")
  private @Nullable String licence;

  @Option(
      names = "--sha256",
      description =
          "The SHA-256 that the file must have, in hexadecimal (default: any). Not for parts.")
  private @Nullable String sha256;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try (var installation = Installation.open(data, err::println)) {
      var wanted = new ModelRegistry.Wanted(name, licence, sha256);
      print(
          out,
          FetchAddress.isMeant(source)
              ? fetched(installation, wanted, err)
              : copied(installation, wanted, err));
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }

  private RegisteredModel copied(
      Installation installation, ModelRegistry.Wanted wanted, PrintWriter err) throws IOException {
    var file = Path.of(source);
    long size = size(file);
    var tenths = new Tenths(err, "checking");
    return installation
        .bean(ModelRegistry.class)
        .add(null, file, wanted, bytes -> tenths.say(bytes, size));
  }

  private static long size(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    var parts = ModelParts.of(file);
    return parts.isPresent() ? parts.get().bytes() : Files.size(file);
  }

  private RegisteredModel fetched(
      Installation installation, ModelRegistry.Wanted wanted, PrintWriter err) {
    boolean inParts = FetchAddress.of(source).part().isPresent();
    var tenths = new Tenths(err, inParts ? "joining" : "checking");
    return installation
        .bean(IncomingModels.class)
        .fetchHere(source, wanted, (bytes, size) -> tenths.say(bytes, size.orElse(0L)));
  }

  /** Says every tenth, and every gigabyte where the size is not known. */
  private static final class Tenths {
    private static final long UNKNOWN_STEP = 1_000_000_000;
    private final PrintWriter err;
    private String next;
    private long said;

    /**
     * @param next what begins when all has come; after that it is checked
     */
    Tenths(PrintWriter err, String next) {
      this.err = err;
      this.next = next;
    }

    void say(long bytes, long size) {
      long step = size == 0 ? bytes / UNKNOWN_STEP : 10 * bytes / size;
      if (step < said) {
        err.println(next);
        next = "checking";
      } else if (step > said && size == 0) {
        err.printf("%,d MB%n", bytes / 1_000_000);
      } else if (step > said) {
        err.printf("%3d %% of %,d MB%n", 10 * step, size / 1_000_000);
      }
      said = step;
      err.flush();
    }
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
