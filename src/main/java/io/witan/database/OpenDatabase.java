package io.witan.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database of an installation while a command uses it: the one that {@code WITAN_DB_URL} names,
 * else an embedded one, started here or already run by another Witan process.
 */
public final class OpenDatabase implements AutoCloseable {
  private final Database database;
  private final Optional<ServerAddress> embedded;
  private final Runnable release;

  private OpenDatabase(Database database, Optional<ServerAddress> embedded, Runnable release) {
    this.database = database;
    this.embedded = embedded;
    this.release = release;
  }

  /**
   * Opens the database for a server that holds the state directory.
   *
   * @param environment where {@code WITAN_DB_URL}, {@code WITAN_DB_USER} and {@code
   *     WITAN_DB_PASSWORD} are looked up
   * @throws DatabaseProblem if there is no usable database; the message says what to do
   */
  public static OpenDatabase forServer(
      StateDirectory state,
      ServerSettings settings,
      Map<String, String> environment,
      Consumer<String> progress) {
    String url = environment.getOrDefault("WITAN_DB_URL", "");
    if (!url.isBlank()) {
      return external(url, environment, progress);
    }
    var server = EmbeddedPostgres.start(state, settings, progress);
    try {
      return new OpenDatabase(server.prepare(), Optional.of(server.address()), server::close);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Opens the database for a short command, also while a server runs on the same directory.
   *
   * @throws DatabaseProblem as {@link #forServer}
   */
  public static OpenDatabase forCommand(
      Path data, Map<String, String> environment, Consumer<String> progress) {
    String url = environment.getOrDefault("WITAN_DB_URL", "");
    if (!url.isBlank()) {
      return external(url, environment, progress);
    }
    StateDirectory state;
    try {
      state = StateDirectory.open(data);
    } catch (DatabaseProblem inUse) {
      var running = ServerAddress.running(data);
      if (running.isEmpty()) {
        throw inUse;
      }
      return attach(running.get());
    }
    try {
      var opened = forServer(state, ServerSettings.defaults(), environment, progress);
      return new OpenDatabase(
          opened.database,
          opened.embedded,
          () -> {
            opened.close();
            state.close();
          });
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  private static OpenDatabase attach(ServerAddress server) {
    try {
      return new OpenDatabase(
          server.database(ServerAddress.DATABASE), Optional.of(server), () -> {});
    } catch (SQLException e) {
      throw new DatabaseProblem("Cannot reach the running database: " + e.getMessage(), e);
    }
  }

  private static OpenDatabase external(
      String url, Map<String, String> environment, Consumer<String> progress) {
    progress.accept("checking the database at WITAN_DB_URL");
    var named =
        new Database(
            url,
            environment.getOrDefault("WITAN_DB_USER", ""),
            environment.getOrDefault("WITAN_DB_PASSWORD", ""));
    return new OpenDatabase(DatabaseCheck.check(named), Optional.empty(), () -> {});
  }

  /** The database. */
  public Database database() {
    return database;
  }

  /** Brings the schema to the version of this program. */
  public void migrate() {
    Migrations.ofWitan().migrate(database);
  }

  /**
   * The embedded server.
   *
   * @throws DatabaseProblem if the database is somebody else's
   */
  ServerAddress embedded(String purpose) {
    return embedded.orElseThrow(
        () ->
            new DatabaseProblem(
                "Witan cannot "
                    + purpose
                    + " a database that it does not run itself. Use that database's own tools, such"
                    + " as pg_dump --format=custom and pg_restore, as a role that row-level security"
                    + " does not apply to."));
  }

  @Override
  public void close() {
    release.run();
  }
}
