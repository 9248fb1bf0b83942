package io.witan.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Looks whether a database that somebody else runs has what Witan needs, before it is used. */
public final class DatabaseCheck {
  private static final int OLDEST_SERVER = 160000;

  /** Before this version a parallel HNSW build can corrupt memory (CVE-2026-3172). */
  private static final int[] SAFE_PARALLEL_BUILD = {0, 8, 2};

  /** SQLSTATE class: unknown role or wrong password. */
  private static final String INVALID_AUTHORIZATION = "28";

  private DatabaseCheck() {}

  /**
   * Checks version, roles, memberships, rights and the vector extension.
   *
   * @return the database, with the settings its versions call for
   * @throws DatabaseProblem if something is missing; the message holds exactly the SQL to run
   */
  public static Database check(Database database) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      requireVersion(connection);
      requireRoles(connection, database);
      return tuned(connection, database);
    } catch (SQLException e) {
      throw new DatabaseProblem(
          "Cannot use the database "
              + database.jdbcUrl()
              + " as "
              + database.user()
              + ": "
              + e.getMessage()
              + "\nCheck WITAN_DB_URL, WITAN_DB_USER and WITAN_DB_PASSWORD."
              + (refused(e) ? preparation(database) : ""),
          e);
    }
  }

  /** Whether the server answered and did not let the login in: perhaps it does not exist. */
  private static boolean refused(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith(INVALID_AUTHORIZATION);
  }

  /** A server that lets nobody in cannot be asked what it lacks, so all of it. */
  private static String preparation(Database database) {
    var requirements =
        DatabaseRoles.of(database.user(), "choose-a-password", database.name()).requirements();
    return "\nIf "
        + database.user()
        + " does not exist yet, run this as a superuser, connected to the database "
        + database.name()
        + ", and start again:\n\n"
        + requirements.stream()
            .map(DatabaseRoles.Requirement::statement)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static void requireVersion(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW server_version_num")) {
      row.next();
      if (row.getInt(1) < OLDEST_SERVER) {
        throw new DatabaseProblem(
            "Witan needs PostgreSQL 16 or later; the database is version "
                + connection.getMetaData().getDatabaseProductVersion());
      }
    }
  }

  private static void requireRoles(Connection connection, Database database) throws SQLException {
    String name = connection.getCatalog();
    List<String> missing =
        DatabaseRoles.of(database.user(), "choose-a-password", name).missing(connection);
    if (!missing.isEmpty()) {
      throw new DatabaseProblem(
          "The database lacks what Witan needs. Run this as a superuser, connected to the database "
              + name
              + ", and start again:\n\n"
              + String.join("\n", missing)
              + "\n");
    }
  }

  /** Adds the session settings that the installed versions need. */
  static Database tuned(Connection connection, Database database) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT extversion FROM pg_extension WHERE extname = 'vector'")) {
      if (!row.next()) {
        throw new IllegalStateException("the extension vector was checked and is not there");
      }
      int[] version =
          Arrays.stream(row.getString(1).split("\\.")).mapToInt(Integer::parseInt).toArray();
      return Arrays.compare(version, SAFE_PARALLEL_BUILD) < 0
          ? database.with("max_parallel_maintenance_workers=0")
          : database;
    }
  }
}
