package io.witan.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A PostgreSQL server of our own below a state directory: durable, on the loopback interface,
 * behind passwords, and gone when this process is.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String DATABASE = "witan";
  static final String LOGIN = "witan_login";

  private final PostgresHome home;
  private final PostgresProcess process;
  private final String loginPassword;

  private EmbeddedPostgres(PostgresHome home, PostgresProcess process, String loginPassword) {
    this.home = home;
    this.process = process;
    this.loginPassword = loginPassword;
  }

  /**
   * Starts the server, making it first if the state directory has none.
   *
   * @param progress told what is being done whenever that may take a while
   * @throws DatabaseProblem if it cannot run here
   */
  public static EmbeddedPostgres start(
      StateDirectory state, ServerSettings settings, Consumer<String> progress) {
    var home = PostgresHome.prepare(state.path(), progress);
    Path tree = PostgresBinaries.unpack(home.directory(), progress);
    Pgvector.ofThisMachine(WitanCache.directory()).install(tree, progress);
    try {
      PostgresProcess.initialise(home, tree, progress);
      String password = PostgresHome.password(home.loginPassword());
      progress.accept("starting PostgreSQL");
      var process = PostgresProcess.start(home, tree, settings, progress);
      return new EmbeddedPostgres(home, process, password);
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot start PostgreSQL: " + e.getMessage(), e);
    }
  }

  /**
   * The database, made and given its roles where that has not happened.
   *
   * @throws DatabaseProblem if the server refuses
   */
  public Database prepare() {
    return prepare(DATABASE);
  }

  /** As {@link #prepare()}, for a database of another name. */
  Database prepare(String name) {
    try {
      try (Connection connection = superuser("postgres");
          var statement = connection.createStatement()) {
        if (!exists(connection, name)) {
          statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
        }
      }
      try (Connection connection = superuser(name)) {
        DatabaseRoles.of(LOGIN, loginPassword, name).apply(connection);
        return DatabaseCheck.tuned(connection, new Database(url(name), LOGIN, loginPassword));
      }
    } catch (SQLException e) {
      throw new DatabaseProblem("Cannot prepare the database: " + e.getMessage(), e);
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
    return superuser(home.directory(), process.port(), database);
  }

  private static Connection superuser(Path home, int port, String database) throws SQLException {
    try {
      String password = Files.readString(home.resolve("superuser.password")).strip();
      return DriverManager.getConnection(url(port, database), "postgres", password);
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot read the database's password: " + e.getMessage(), e);
    }
  }

  private String url(String database) {
    return url(process.port(), database);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() {
    process.close();
  }
}
