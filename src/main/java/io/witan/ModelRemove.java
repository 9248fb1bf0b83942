package io.witan;

import io.witan.models.registry.ModelRegistry;
import io.witan.shared.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a model and its file out of the installation. */
@Command(name = "remove", description = "Remove a model and its copy in the state directory.")
final class ModelRemove implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "The model's name or id.")
  private String name = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var installation = Installation.open(data, line -> {})) {
      var removed = installation.bean(ModelRegistry.class).remove(null, name);
      out.printf("removed “%s” (%,d MB)%n", removed.name(), removed.bytes() / 1_000_000);
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }
}
