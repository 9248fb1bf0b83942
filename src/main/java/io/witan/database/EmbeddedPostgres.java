package io.witan.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A PostgreSQL server of our own below a state directory: durable, on the loopback interface,
 * behind passwords, and gone when this process is.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private final ServerAddress address;
  private final PostgresProcess process;

  private EmbeddedPostgres(ServerAddress address, PostgresProcess process) {
    this.address = address;
    this.process = process;
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
      PostgresHome.password(home.loginPassword());
      progress.accept("starting PostgreSQL");
      var process = PostgresProcess.start(home, tree, settings, progress);
      return new EmbeddedPostgres(new ServerAddress(home.directory(), process.port()), process);
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot start PostgreSQL: " + e.getMessage(), e);
    }
  }

  /**
   * The database, made and given its roles where that has not happened; not yet migrated.
   *
   * @throws DatabaseProblem if the server refuses
   */
  public Database prepare() {
    try {
      return address.prepare(ServerAddress.DATABASE);
    } catch (SQLException e) {
      throw new DatabaseProblem("Cannot prepare the database: " + e.getMessage(), e);
    }
  }

  ServerAddress address() {
    return address;
  }

  /** Stops the server cleanly and waits until it is gone. */
  @Override
  public void close() {
    process.close();
  }
}
