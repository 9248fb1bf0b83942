package io.witan;

import io.witan.database.DatabaseProblem;
import io.witan.engine.EngineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line: {@code witan serve} and the commands for whoever looks after it. */
@Command(
    name = "witan",
    description = "A private company knowledge platform: cited answers from your own documents.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = WitanVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      UserCommand.class,
      EvaluateCommand.class,
      ModelCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    })
public final class Witan {
  /** The exit status when the command was understood and could not be done. */
  static final int FAILED = 1;

  private Witan() {}

  /**
   * Runs one command.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    int status = commandLine().execute(arguments);
    // serve goes on in the server's threads
    if (status != ServeCommand.RUNNING) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Witan());
    commandLine.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          if (isExplained(failure)) {
            failed.getErr().println(failure.getMessage());
            return FAILED;
          }
          throw failure;
        });
    return commandLine;
  }

  /** Whether the message is all that whoever typed the command needs. */
  private static boolean isExplained(Exception failure) {
    return failure instanceof DatabaseProblem
        || failure instanceof EngineException
        || failure instanceof CommandProblem;
  }
}
