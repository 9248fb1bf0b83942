package io.witan;

import io.witan.database.OpenDatabase;
import io.witan.database.ServerSettings;
import io.witan.database.StateDirectory;
import io.witan.models.generation.Generators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The whole product on an empty database of its own, which is deleted at the end. */
final class ScratchInstallation implements AutoCloseable {
  private final StateDirectory state;
  private final OpenDatabase database;
  private final ConfigurableApplicationContext application;
  private boolean closed;

  private ScratchInstallation(
      StateDirectory state, OpenDatabase database, ConfigurableApplicationContext application) {
    this.state = state;
    this.database = database;
    this.application = application;
  }

  /** Always an embedded database: an evaluation must not touch the one of an installation. */
  static ScratchInstallation start(Consumer<String> progress) {
    return start(progress, null);
  }

  /**
   * As above, with another generator than the one that the installation would have, and as much
   * time as it wants.
   *
   * @param generators null for its own, which has none
   */
  static ScratchInstallation start(Consumer<String> progress, @Nullable Generators generators) {
    var state = StateDirectory.open(temporary());
    try {
      var database = OpenDatabase.forServer(state, ServerSettings.defaults(), Map.of(), progress);
      try {
        var started = new ScratchInstallation(state, database, run(database, state, generators));
        // Ctrl-C: nothing of a scratch installation may stay
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "scratch clean-up"));
        return started;
      } catch (RuntimeException failed) {
        database.close();
        throw failed;
      }
    } catch (RuntimeException failed) {
      delete(state);
      throw failed;
    }
  }

  <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    application.close();
    database.close();
    delete(state);
  }

  private static ConfigurableApplicationContext run(
      OpenDatabase open, StateDirectory state, @Nullable Generators generators) {
    var prepared = open.database();
    var settings =
        Map.<String, Object>of(
            "witan.database.url",
            prepared.jdbcUrl(),
            "witan.database.user",
            prepared.user(),
            "witan.database.password",
            prepared.password(),
            "witan.data",
            state.path().toString(),
            "witan.documents.poll-interval",
            "200ms",
            "logging.level.io.witan",
            "warn",
            "server.address",
            "127.0.0.1",
            "server.port",
            0);
    var spring = new SpringApplication(WitanApplication.class);
    spring.setBannerMode(Banner.Mode.OFF);
    spring.setRegisterShutdownHook(false);
    spring.addInitializers(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("scratch installation", settings)));
    if (generators != null) {
      spring.addInitializers(new Substitute(generators));
    }
    // before logging begins, which is earlier than the settings above: standard output is for
    // results
    return spring.run("--logging.threshold.console=error");
  }

  /** Puts a generator in the place of the installation's own. */
  private record Substitute(Generators generators)
      implements ApplicationContextInitializer<GenericApplicationContext> {
    @Override
    public void initialize(GenericApplicationContext context) {
      context.registerBean(
          "evaluatedGenerators",
          Generators.class,
          () -> generators,
          definition -> definition.setPrimary(true));
      var patient =
          Map.<String, Object>of(
              "witan.chat.first-token-target", "1h", "witan.chat.longest-answer", "1h");
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("evaluated generator", patient));
    }
  }

  private static Path temporary() {
    try {
      var directory = Files.createTempDirectory("witan-scratch-");
      if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
        // PostgreSQL may run as another account than root, which must get to its folder inside
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      }
      return directory;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void delete(StateDirectory state) {
    state.close();
    try (var files = Files.walk(state.path())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("cannot delete " + state.path(), left);
    }
  }
}
