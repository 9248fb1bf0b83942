package io.witan;

import io.witan.database.OpenDatabase;
import io.witan.identity.AccountRecovery;
import io.witan.shared.Failure;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
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

    private final Keyboard keyboard;
    private final Map<String, String> environment;

    @SuppressWarnings("unused") // picocli calls it
    ResetPassword() {
      this(Keyboard.ofProcess(), System.getenv());
    }

    ResetPassword(Keyboard keyboard, Map<String, String> environment) {
      this.keyboard = keyboard;
      this.environment = environment;
    }

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (var open = OpenDatabase.forCommand(data.directory, environment, line -> {});
          var services = CommandServices.of(open.database(), data.directory)) {
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
        throw new CommandProblem(failure.detail() + " Nothing was changed.");
      }
    }

    private void setPassword(AccountRecovery recovery) {
      if (!recovery.knows(email)) {
        throw unknown(); // before anybody thinks of a password
      }
      if (!recovery.setPassword(email, keyboard.isTerminal() ? typed() : piped())) {
        throw unknown();
      }
    }

    private CommandProblem unknown() {
      return new CommandProblem(
          "There is no account with the e-mail " + email + ". Nothing was changed.");
    }

    private String typed() {
      char[] typed = keyboard.readUnseen("New password: ");
      char[] again = typed == null ? null : keyboard.readUnseen("Again: ");
      if (typed == null || again == null) {
        throw new CommandProblem("No password was typed. Nothing was changed.");
      }
      try {
        if (!Arrays.equals(typed, again)) {
          throw new CommandProblem("The two passwords differ. Nothing was changed.");
        }
        return new String(typed);
      } finally {
        Arrays.fill(typed, ' ');
        Arrays.fill(again, ' ');
      }
    }

    /** The first line of standard input. */
    private String piped() {
      var line = keyboard.readLine();
      if (line == null || line.isEmpty()) {
        throw new CommandProblem("Standard input holds no password. Nothing was changed.");
      }
      return line;
    }
  }
}
