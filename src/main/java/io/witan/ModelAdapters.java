package io.witan;

import io.witan.models.registry.AdapterRegistry;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredAdapter;
import io.witan.shared.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The LoRA adapters of a model of the installation. */
@Command(
    name = "adapters",
    description = {
      "List a model's LoRA adapters, add one (GGUF) with --add, or remove one with --remove.",
      "Witan may be running meanwhile and follows within seconds."
    })
final class ModelAdapters implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "MODEL", description = "The model's name or id.")
  private String model = "";

  @Option(names = "--add", paramLabel = "FILE", description = "A LoRA adapter to add.")
  private @Nullable Path add;

  @Option(names = "--name", description = "What to call it (default: the file's name).")
  private @Nullable String name;

  @Option(names = "--remove", paramLabel = "NAME", description = "The adapter to remove.")
  private @Nullable String remove;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var installation = Installation.open(data, line -> {})) {
      var adapters = installation.bean(AdapterRegistry.class);
      var registered = installation.bean(ModelRegistry.class).find(model);
      var file = add;
      if (file != null) {
        var fileName = String.valueOf(file.getFileName());
        var added = adapters.add(null, model, file, fileName, name);
        out.printf("added “%s:%s”%n", registered.name(), added.name());
        out.printf("  sha256    %s%n", added.sha256());
        out.printf("  matrices  %,d%n", added.matrices());
      }
      var gone = remove;
      if (gone != null) {
        var removed = adapters.remove(null, adapters.find(registered, gone).id());
        out.printf("removed “%s:%s”%n", registered.name(), removed.name());
      }
      if (file == null && gone == null) {
        adapters.of(registered.id()).forEach(adapter -> print(out, adapter));
      }
      out.flush();
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }

  private static void print(PrintWriter out, RegisteredAdapter adapter) {
    out.printf(
        "%-30s %,8d MB  %,d matrices%s%n",
        adapter.name(),
        adapter.bytes() / 1_000_000,
        adapter.matrices(),
        adapter.present() ? "" : "  file missing");
  }
}
