package io.witan.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operating-system account that PostgreSQL runs as: this process' own, or, because PostgreSQL
 * refuses to run as root, an unprivileged one.
 */
sealed interface ServerAccount {
  /** The account of this process. */
  record Own() implements ServerAccount {
    @Override
    public List<String> entering(List<String> command) {
      return command;
    }
  }

  /** Another account, entered from root by one of {@code setpriv}, {@code runuser}, {@code su}. */
  record Dropped(String name, int uid, int gid) implements ServerAccount {
    @Override
    public List<String> entering(List<String> command) {
      var full = new ArrayList<String>();
      if (Commands.exists("setpriv")) {
        full.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid));
        full.addAll(List.of("--clear-groups", "--no-new-privs"));
      } else if (Commands.exists("runuser")) {
        full.addAll(List.of("runuser", "-u", name, "--"));
      } else if (Commands.exists("su")) {
        full.addAll(List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"));
      } else {
        throw new DatabaseProblem(
            "PostgreSQL refuses to run as root, and none of setpriv, runuser and su is installed."
                + " Start Witan as an ordinary user.");
      }
      full.addAll(command);
      return full;
    }
  }

  /** The command that runs a command as this account. */
  List<String> entering(List<String> command);

  /**
   * Chooses the account.
   *
   * @throws DatabaseProblem if this is root and there is nobody else to be
   */
  static ServerAccount choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Own();
    }
    var wanted = new ArrayList<>(List.of("witan", "postgres", "nobody"));
    String configured = System.getenv("WITAN_POSTGRES_ACCOUNT");
    if (configured != null) {
      wanted.clear();
      wanted.add(configured);
    }
    for (String name : wanted) {
      Optional<Dropped> account = find(name);
      if (account.isPresent()) {
        return account.get();
      }
    }
    throw new DatabaseProblem(
        "PostgreSQL refuses to run as root, and none of the accounts "
            + wanted
            + " exists. Start Witan as an ordinary user, or make one: useradd --system witan");
  }

  private static Optional<Dropped> find(String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
        String[] fields = line.split(":", -1);
        if (fields.length >= 4 && fields[0].equals(name) && !"0".equals(fields[2])) {
          return Optional.of(
              new Dropped(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot read /etc/passwd: " + e.getMessage(), e);
    }
  }

  /** A process of this account, with an environment that holds none of Witan's secrets. */
  default ProcessBuilder process(List<String> command, Path workingDirectory) {
    var builder = new ProcessBuilder(entering(command)).directory(workingDirectory.toFile());
    var path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
    return builder;
  }

  /** Gives a file or directory (not what lies in it) to the account. */
  default void own(Path path) throws IOException {
    if (this instanceof Dropped account) {
      var principals = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, principals.lookupPrincipalByName(account.name()));
    }
  }

  /** Whether the account can get into a directory; one above it may be closed to others. */
  default boolean reaches(Path directory) {
    return switch (this) {
      case Own same -> true;
      case Dropped other ->
          Commands.run(
                  process(
                      List.of("/bin/sh", "-c", "cd \"$1\"", "sh", directory.toString()),
                      Path.of("/")))
              .ok();
    };
  }
}
