package io.witan;

import io.witan.models.registry.ModelActivation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes back to quotes. */
@Command(
    name = "deactivate",
    description = "Go back to answers that are quotes; the model stays in the installation.")
final class ModelDeactivate implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Only if this model is the active one.")
  private @Nullable String name;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var installation = Installation.open(data, line -> {})) {
      var activation = installation.bean(ModelActivation.class);
      var active = activation.activeName();
      if (active.isEmpty()) {
        throw new CommandProblem("No model is active.");
      }
      boolean isNamed =
          name == null
              || active.get().equalsIgnoreCase(name)
              || activation.active().filter(it -> it.id().toString().equals(name)).isPresent();
      if (!isNamed) {
        throw new CommandProblem("“%s” is active, not “%s”.".formatted(active.get(), name));
      }
      activation.deactivate(null);
      out.printf("“%s” writes no more; answers are quotes%n", active.get());
    }
    return 0;
  }
}
