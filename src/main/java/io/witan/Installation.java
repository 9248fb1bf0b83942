package io.witan;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.witan.database.OpenDatabase;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** An installation as a short command uses it, brought to this version, whether it runs or not. */
final class Installation implements AutoCloseable {
  private final OpenDatabase database;
  private final AnnotationConfigApplicationContext services;

  private Installation(OpenDatabase database, AnnotationConfigApplicationContext services) {
    this.database = database;
    this.services = services;
  }

  /**
   * Opens it.
   *
   * @param progress told what is being done, where that takes a while
   * @param packages with services that few commands need
   * @throws io.witan.database.DatabaseProblem if there is no usable database
   */
  static Installation open(DataOption data, Consumer<String> progress, String... packages) {
    warningsOnly();
    var database = OpenDatabase.forCommand(data.directory, System.getenv(), progress);
    try {
      database.migrate();
      return new Installation(
          database, CommandServices.of(database.database(), data.directory, packages));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  <T> T bean(Class<T> type) {
    return services.getBean(type);
  }

  /** A command prints its own words; a server configures its log by itself. */
  private static void warningsOnly() {
    log(Level.WARN);
  }

  /** For commands whose standard output is read by programs. */
  static void errorsOnly() {
    log(Level.ERROR);
  }

  private static void log(Level least) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(least);
    }
  }

  @Override
  public void close() {
    services.close();
    database.close();
  }
}
