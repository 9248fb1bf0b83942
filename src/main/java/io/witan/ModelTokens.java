package io.witan;

import io.witan.models.fetch.FetchTokens;
import io.witan.shared.Failure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tokens that hosts are shown when models are fetched from them. */
@Command(
    name = "tokens",
    description = {
      "List the hosts that models are fetched from with a token, store one with --add, or remove it",
      "with --remove. A token is typed in or piped in, kept encrypted, and shown to its host only."
    })
final class ModelTokens implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--add",
      paramLabel = "HOST",
      description = "The host, with its port if that is not 443.")
  private @Nullable String add;

  @Option(names = "--remove", paramLabel = "HOST", description = "The host to forget the token of.")
  private @Nullable String remove;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Keyboard keyboard;

  @SuppressWarnings("unused") // picocli calls it
  ModelTokens() {
    this(Keyboard.ofProcess());
  }

  ModelTokens(Keyboard keyboard) {
    this.keyboard = keyboard;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var token = add == null ? null : keyboard.secret("Token: ");
    if (add != null && token == null) {
      throw new CommandProblem("No token was given. Nothing was changed.");
    }
    try (var installation = Installation.open(data, line -> {})) {
      var tokens = installation.bean(FetchTokens.class);
      if (add != null && token != null) {
        out.printf("a token is stored for %s%n", tokens.store(null, add, token).host());
      }
      if (remove != null) {
        out.println(tokens.remove(null, remove) ? "removed" : "There was no token for that host.");
      }
      if (add == null && remove == null) {
        tokens.all().forEach(stored -> out.println(stored.host()));
      }
      out.flush();
    } catch (Failure failure) {
      throw new CommandProblem(failure.detail());
    }
    return 0;
  }
}
