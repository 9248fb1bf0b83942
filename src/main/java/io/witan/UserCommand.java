package io.witan;

import io.witan.database.OpenDatabase;
import io.witan.identity.AccountRecovery;
import io.witan.shared.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets whoever controls the machine back into an account. */
@Command(
    name = "user",
    description = "Look after accounts.",
    subcommands = UserCommand.ResetPassword.class)
final class UserCommand {

  /** Makes a one-time link, or sets a password that is typed in or piped in. */
  @Command(
      name = "reset-password",
      description = {
        "Make a one-time link with which a person chooses a new password.",
        "Witan may be running meanwhile. The account is activated if it was not."
      })
  static final class ResetPassword implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "EMAIL", description = "The e-mail address of the account.")
    private String email = "";

    @Option(
        names = "--password",
        description = "Read the new password from the terminal or standard input instead.")
    private boolean readPassword;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (var open = OpenDatabase.forCommand(data.directory, System.getenv(), line -> {});
          var services = CommandServices.of(open.database())) {
        var recovery = services.getBean(AccountRecovery.class);
        if (readPassword) {
          setPassword(recovery);
          out.println("The password of " + email + " is changed; sessions have ended.");
        } else {
          var token = recovery.invite(email).orElseThrow(this::unknown);
          out.println("Open this page of your Witan within 7 days; it works once:");
          out.println("  /invite#" + token);
        }
        return 0;
      } catch (Failure failure) {
        throw new CommandProblem(failure.detail());
      }
    }

    private void setPassword(AccountRecovery recovery) {
      if (!recovery.setPassword(email, password())) {
        throw unknown();
      }
    }

    private CommandProblem unknown() {
      return new CommandProblem("There is no account with the e-mail " + email + ".");
    }

    /** From the terminal without echo; from standard input, its first line, where there is none. */
    private static String password() {
      var console = System.console();
      if (console != null && console.isTerminal()) {
        char[] typed = console.readPassword("New password: ");
        char[] again = console.readPassword("Again: ");
        if (typed == null || again == null || !Arrays.equals(typed, again)) {
          throw new CommandProblem("The two passwords differ; nothing was changed.");
        }
        return new String(typed);
      }
      try {
        var line =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
          throw new CommandProblem("Standard input holds no password; nothing was changed.");
        }
        return line;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
