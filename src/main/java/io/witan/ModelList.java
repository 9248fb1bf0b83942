package io.witan;

import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints the models of an installation. */
@Command(name = "list", description = "List the models that were added to the installation.")
final class ModelList implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (var installation = Installation.open(data, line -> {})) {
      var active = installation.bean(ModelActivation.class).active().map(RegisteredModel::id);
      print(installation.bean(ModelRegistry.class).all(), active.orElse(null));
    }
    return 0;
  }

  private void print(List<RegisteredModel> models, @Nullable UUID active) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.builder()
              .build()
              .writeValueAsString(
                  Map.of("models", models, "active", active == null ? "" : active.toString())));
    } else if (models.isEmpty()) {
      out.println("No model was added yet: witan model add FILE");
    } else {
      out.printf("%-40s %-10s %8s %9s %s%n", "name", "family", "format", "MB", "parameters");
      for (var model : models) {
        out.printf(
            "%-40s %-10s %8s %,9.1f %,.1f M, %,.1f M active%s%n",
            model.name(),
            model.architecture(),
            model.format(),
            model.bytes() / 1e6,
            model.parameters() / 1e6,
            model.activeParameters() / 1e6,
            (model.id().equals(active) ? "  (active)" : "")
                + (model.present() ? "" : "  (its file is missing here)"));
      }
    }
    out.flush();
  }
}
