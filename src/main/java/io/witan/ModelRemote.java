package io.witan;

import io.witan.models.registry.ModelActivation;
import io.witan.models.remote.RemoteGenerator;
import io.witan.models.remote.RemoteGenerators;
import io.witan.shared.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The generators of the installation that run on other machines. */
@Command(
    name = "remote",
    description = {
      "Look after models on other machines that have an OpenAI-compatible API. While one is active",
      "text leaves this machine, of those collections whose managers allow it."
    },
    subcommands = {
      ModelRemote.ListAll.class,
      ModelRemote.Add.class,
      ModelRemote.Activate.class,
      ModelRemote.Remove.class
    })
final class ModelRemote {
  private static final String SERVICES = "io.witan.models.remote";

  private ModelRemote() {}

  /** Prints them. */
  @Command(name = "list", description = "List the models on other machines.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      try (var installation = Installation.open(data, line -> {}, SERVICES)) {
        var all = installation.bean(RemoteGenerators.class).all();
        var active = installation.bean(ModelActivation.class).activeName();
        if (json) {
          out.println(
              JsonMapper.builder()
                  .build()
                  .writeValueAsString(Map.of("models", all, "active", active.orElse(""))));
        } else {
          print(out, all, active);
        }
      }
      out.flush();
      return 0;
    }

    private static void print(PrintWriter out, List<RemoteGenerator> all, Optional<String> active) {
      if (all.isEmpty()) {
        out.println("No model on another machine was added yet: witan model remote add");
        return;
      }
      out.printf("%-30s %-30s %-40s %10s %s%n", "name", "model", "address", "context", "key");
      for (var each : all) {
        out.printf(
            "%-30s %-30s %-40s %,10d %s%s%n",
            each.name(),
            each.model(),
            each.address(),
            each.contextTokens(),
            each.hasKey() ? "yes" : "no",
            active.filter(each.name()::equals).isPresent() ? "  (active)" : "");
      }
    }
  }

  /** Adds one. */
  @Command(
      name = "add",
      description = {
        "Add a model on another machine. Nothing is sent to it before it is activated. Its key, if it",
        "wants one, is typed in or piped in, and kept encrypted."
      })
  static final class Add implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "What to call it here.")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "URL",
        description = "Where its OpenAI-compatible API begins, such as https://gpu.example/v1.")
    private String address = "";

    @Option(names = "--model", required = true, description = "What it is called there.")
    private String model = "";

    @Option(
        names = "--context",
        required = true,
        description = "Tokens of prompt and answer together at most.")
    private int contextTokens;

    @Option(names = "--key", description = "Read its key from the terminal or standard input.")
    private boolean readKey;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Keyboard keyboard;

    @SuppressWarnings("unused") // picocli calls it
    Add() {
      this(Keyboard.ofProcess());
    }

    Add(Keyboard keyboard) {
      this.keyboard = keyboard;
    }

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      var key = readKey ? key() : null;
      try (var installation = Installation.open(data, line -> {}, SERVICES)) {
        var added =
            installation
                .bean(RemoteGenerators.class)
                .add(null, new RemoteGenerators.Wanted(name, address, model, contextTokens, key));
        out.printf("added “%s” on %s%n", added.name(), added.host());
        out.flush();
      } catch (Failure failure) {
        throw new CommandProblem(failure.detail());
      }
      return 0;
    }

    private String key() {
      var key = keyboard.secret("Key: ");
      if (key == null) {
        throw new CommandProblem("No key was given. Nothing was changed.");
      }
      return key;
    }
  }

  /** Lets one answer. */
  @Command(
      name = "activate",
      description = {
        "Let a model on another machine write the answers: text leaves this one. A running server",
        "follows within seconds; model deactivate ends it."
      })
  static final class Activate extends OfOne {
    @Override
    void work(RemoteGenerators remotes, RemoteGenerator one, PrintWriter out) {
      remotes.activate(null, one.id());
      out.printf("“%s” is to write the answers: text goes to %s%n", one.name(), one.host());
    }
  }

  /** Forgets one. */
  @Command(
      name = "remove",
      description = "Remove a model on another machine, and its key. It must not be active.")
  static final class Remove extends OfOne {
    @Override
    void work(RemoteGenerators remotes, RemoteGenerator one, PrintWriter out) {
      remotes.remove(null, one.id());
      out.printf("removed “%s”%n", one.name());
    }
  }

  /** Does something with one of them. */
  abstract static class OfOne implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "Its name or id.")
    private String name = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    abstract void work(RemoteGenerators remotes, RemoteGenerator one, PrintWriter out);

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      try (var installation = Installation.open(data, line -> {}, SERVICES)) {
        var remotes = installation.bean(RemoteGenerators.class);
        work(remotes, remotes.find(name), out);
        out.flush();
      } catch (Failure failure) {
        throw new CommandProblem(failure.detail());
      }
      return 0;
    }
  }
}
