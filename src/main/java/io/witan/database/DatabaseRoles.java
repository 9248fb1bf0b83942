package io.witan.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database must have before Witan can migrate it: the statements of {@code db/roles.sql},
 * each with the condition (on the line {@code --?} above it) that holds once it has been run.
 */
final class DatabaseRoles {
  private static final String MARK = "--?";

  private final List<Requirement> requirements;

  /**
   * One statement.
   *
   * @param condition a boolean SQL expression: whether the statement has had its effect
   * @param statement what a privileged person runs
   */
  record Requirement(String condition, String statement) {}

  private DatabaseRoles(List<Requirement> requirements) {
    this.requirements = requirements;
  }

  /** The requirements of one database and its login role. */
  static DatabaseRoles of(String login, String password, String database) {
    var requirements = new ArrayList<Requirement>();
    for (String part : template().split("(?m)^" + java.util.regex.Pattern.quote(MARK))) {
      int end = part.indexOf('\n');
      String statement = end < 0 ? "" : part.substring(end + 1).replaceAll("(?m)^--.*\n?", "");
      if (!statement.isBlank()) {
        requirements.add(
            new Requirement(
                fill(part.substring(0, end), login, password, database),
                fill(statement, login, password, database)));
      }
    }
    return new DatabaseRoles(List.copyOf(requirements));
  }

  List<Requirement> requirements() {
    return requirements;
  }

  private static String template() {
    try (InputStream in = DatabaseRoles.class.getResourceAsStream("/db/roles.sql")) {
      if (in == null) {
        throw new IllegalStateException("db/roles.sql is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names stand in double quotes, the password and names in conditions in single ones. */
  private static String fill(String text, String login, String password, String database) {
    return text.replace("\"${login}\"", '"' + login.replace("\"", "\"\"") + '"')
        .replace("\"${database}\"", '"' + database.replace("\"", "\"\"") + '"')
        .replace("'${login}'", "'" + login.replace("'", "''") + "'")
        .replace("'${password}'", "'" + password.replace("'", "''") + "'")
        .strip();
  }

  /** Runs what is missing, as a superuser. */
  void apply(Connection superuser) throws SQLException {
    try (var statement = superuser.createStatement()) {
      // a failing statement would otherwise put the password into the server's log
      statement.execute("SET log_min_error_statement = panic");
      for (Requirement requirement : requirements) {
        if (!holds(superuser, requirement)) {
          statement.execute(requirement.statement());
        }
      }
    }
  }

  /** The statements whose conditions do not hold, in the order to run them. */
  List<String> missing(Connection connection) throws SQLException {
    var missing = new ArrayList<String>();
    for (Requirement requirement : requirements) {
      if (!holds(connection, requirement)) {
        missing.add(requirement.statement());
      }
    }
    return missing;
  }

  private static boolean holds(Connection connection, Requirement requirement) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT " + requirement.condition())) {
      return row.next() && row.getBoolean(1);
    }
  }
}
