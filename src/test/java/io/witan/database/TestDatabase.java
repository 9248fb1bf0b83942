package io.witan.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * One real PostgreSQL for all tests of a JVM, kept (stopped) under {@code target} between runs, and
 * an own migrated database for whoever asks.
 *
 * <p>In a Spring test: {@code @ContextConfiguration(initializers =
 * TestDatabase.Initializer.class)}, or {@link #register} from a {@code @DynamicPropertySource}.
 * Elsewhere: {@link #freshDatabase()}.
 */
public final class TestDatabase {
  private static final int SERVERS = 8;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable TestDatabase shared;

  private final EmbeddedPostgres server;
  private final String template;

  private TestDatabase(EmbeddedPostgres server) {
    this.server = server;
    this.template = "template_" + migrationsHash();
    dropLeftovers();
    makeTemplate();
  }

  /** A new database with all roles and migrations, and no rows but those the migrations insert. */
  public static Database freshDatabase() {
    return shared().copyOfTemplate();
  }

  /**
   * A connection to a database of this server that may do everything, row-level security or not.
   */
  public static Connection superuser(Database database) throws SQLException {
    String url = database.jdbcUrl().replaceAll("\\?.*", "");
    return shared().server.address().superuser(url.substring(url.lastIndexOf('/') + 1));
  }

  /** Points {@code witan.database.*} at a fresh database. */
  public static void register(DynamicPropertyRegistry registry) {
    Database database = freshDatabase();
    registry.add("witan.database.url", database::jdbcUrl);
    registry.add("witan.database.user", database::user);
    registry.add("witan.database.password", database::password);
  }

  /** Gives every Spring test context its own database. */
  public static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      Database database = freshDatabase();
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "test database",
                  java.util.Map.of(
                      "witan.database.url", database.jdbcUrl(),
                      "witan.database.user", database.user(),
                      "witan.database.password", database.password())));
    }
  }

  static synchronized TestDatabase shared() {
    var existing = shared;
    if (existing == null) {
      existing = start();
      shared = existing;
    }
    return existing;
  }

  private static TestDatabase start() {
    StateDirectory state = freeDirectory();
    var settings = new ServerSettings(0, 64, 64, 400, false);
    var server =
        EmbeddedPostgres.start(state, settings, line -> System.err.println("database: " + line));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  state.close();
                }));
    return new TestDatabase(server);
  }

  /** A new directory that the server's account can enter even when the tests run as root. */
  static Path reachableDirectory(String purpose) {
    try {
      return Files.createDirectories(
          Path.of("target", "test-state", purpose + "-" + System.nanoTime()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Several test JVMs of one checkout may run at a time; each takes a server of its own. */
  private static StateDirectory freeDirectory() {
    DatabaseProblem last = new DatabaseProblem("no test server directory");
    for (int i = 1; i <= SERVERS; i++) {
      try {
        return StateDirectory.open(Path.of("target", "test-database", "server-" + i));
      } catch (DatabaseProblem e) {
        last = e;
      }
    }
    throw last;
  }

  private Database copyOfTemplate() {
    String name = "scratch_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return prepare(name);
  }

  private Database prepare(String name) {
    try {
      return server.address().prepare(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void makeTemplate() {
    try (Connection connection = server.address().superuser("postgres")) {
      if (ServerAddress.exists(connection, template)) {
        return;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String unfinished = template + "_unfinished";
    execute("DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
    Migrations.ofWitan().migrate(prepare(unfinished));
    execute("ALTER DATABASE " + unfinished + " RENAME TO " + template);
  }

  private void dropLeftovers() {
    var names = new ArrayList<String>();
    try (Connection connection = server.address().superuser("postgres");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE datname ~ '^(scratch|template)_'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    for (String name : names) {
      if (!name.equals(template)) {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
      }
    }
  }

  private void execute(String sql) {
    try {
      server.address().execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Changes with every migration and with the roles, so that an outdated template is not used. */
  private static String migrationsHash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var resolver = new PathMatchingResourcePatternResolver();
      var resources =
          new ArrayList<>(List.of(resolver.getResources("classpath*:db/migration/**/*.sql")));
      resources.addAll(List.of(resolver.getResources("classpath*:db/roles.sql")));
      resources.sort(java.util.Comparator.comparing(resource -> resource.getFilename() + ""));
      for (var resource : resources) {
        digest.update((resource.getFilename() + "\n").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = resource.getInputStream()) {
          digest.update(in.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
