package io.witan;

import io.witan.models.registry.ModelActivation;
import io.witan.shared.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a model answer, now if a server runs, else from its next start on. */
@Command(
    name = "activate",
    description = {
      "Let a model write the answers. A running server loads it within seconds and goes on",
      "answering meanwhile; its Models page says so if that fails."
    })
final class ModelActivate implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "The model's name or id.")
  private String name = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var installation = Installation.open(data, line -> {})) {
      var model = installation.bean(ModelActivation.class).activate(null, name);
      out.printf(
          "“%s” is to write the answers; the Models page shows when it does%n", model.name());
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }
}
