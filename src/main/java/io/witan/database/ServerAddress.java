package io.witan.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How to reach a running embedded server; its passwords are read from its directory.
 *
 * @param home the server's directory
 * @param port its port on the loopback interface
 */
record ServerAddress(Path home, int port) {
  /** The name of Witan's database on an embedded server. */
  static final String DATABASE = "witan";

  private static final String LOGIN = "witan_login";

  /** The server that another process runs on a state directory, if there is one. */
  static Optional<ServerAddress> running(Path state) {
    try {
      Path home = PostgresHome.located(state.toAbsolutePath().normalize());
      return PostgresHome.postmaster(home)
          .map(postmaster -> new ServerAddress(home, postmaster.port()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes a database where there is none and gives it the roles it lacks. */
  Database prepare(String name) throws SQLException {
    try (Connection connection = superuser("postgres");
        var statement = connection.createStatement()) {
      if (!exists(connection, name)) {
        statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
      }
    }
    try (Connection connection = superuser(name)) {
      DatabaseRoles.of(LOGIN, secret("login.password"), name).apply(connection);
    }
    return database(name);
  }

  /** A prepared database. */
  Database database(String name) throws SQLException {
    try (Connection connection = superuser(name)) {
      var untuned = new Database(url(name), LOGIN, secret("login.password"));
      return DatabaseCheck.tuned(connection, untuned);
    }
  }

  static boolean exists(Connection connection, String name) throws SQLException {
    try (var query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (var rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** A connection that may do everything; for making databases, backup and restore. */
  Connection superuser(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", secret("superuser.password"));
  }

  /** Runs one statement that cannot be part of a transaction, such as CREATE DATABASE. */
  void execute(String sql) throws SQLException {
    try (Connection connection = superuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private String secret(String file) {
    try {
      return Files.readString(home.resolve(file)).strip();
    } catch (IOException e) {
      throw new DatabaseProblem(
          "Cannot read the database's password in " + home.resolve(file) + ": " + e.getMessage(),
          e);
    }
  }
}
