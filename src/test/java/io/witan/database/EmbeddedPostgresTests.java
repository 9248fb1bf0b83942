package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The embedded server: starting, stopping, being killed. */
class EmbeddedPostgresTests {
  @Test
  void buildsAndSearchesAnHnswIndex() throws Exception {
    Database database = TestDatabase.freshDatabase();
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA probe");
      statement.execute("CREATE TABLE probe.point (id int, place halfvec(3))");
      statement.execute(
          "INSERT INTO probe.point"
              + " SELECT i, ARRAY[i, i * 2, 1]::halfvec FROM generate_series(1, 200) i");
      statement.execute("CREATE INDEX ON probe.point USING hnsw (place halfvec_l2_ops)");
      statement.execute("SET enable_seqscan = off");
      try (var row =
          statement.executeQuery(
              "SELECT id FROM probe.point ORDER BY place <-> '[7, 14, 1]' LIMIT 1")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(7);
      }
    }
  }

  @Test
  void testDatabasesDoNotSeeEachOther() throws Exception {
    Database one = TestDatabase.freshDatabase();
    Database other = TestDatabase.freshDatabase();
    try (var connection = one.connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA only_here");
    }

    assertThat(count(other, "SELECT count(*) FROM pg_namespace WHERE nspname = 'only_here'"))
        .isZero();
  }

  @Test
  void keepsOutWhoeverHasNoPasswordAndGivesTheLoginNothing() throws Exception {
    Database database = TestDatabase.freshDatabase();
    String url = database.jdbcUrl();

    assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    try (var connection = DriverManager.getConnection(url, database.user(), database.password());
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM identity.person"))
          .hasMessageContaining("permission denied");
    }
    try (var connection = TestDatabase.superuser(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN"
                    + " ('listen_addresses', 'password_encryption', 'unix_socket_directories')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("127.0.0.1 scram-sha-256 ");
    }
  }

  @Test
  void losesNothingAndLeavesNothingRunningWhenItsProcessIsKilled() throws Exception {
    Path directory = TestDatabase.reachableDirectory("crash");

    Process writer = startWriter(directory);
    int promised = readUntil(writer, 100);
    long server = postmaster(directory);
    writer.destroyForcibly().waitFor();
    awaitEnd(server);

    // and once more with its guard killed too, so that the server is left behind
    Process second = startWriter(directory);
    int more = readUntil(second, promised + 100);
    long orphan = postmaster(directory);
    second.children().forEach(ProcessHandle::destroyForcibly);
    second.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    var progress = new ArrayList<String>();
    try (var state = StateDirectory.open(directory);
        var open =
            OpenDatabase.forServer(state, ServerSettings.defaults(), Map.of(), progress::add)) {
      assertThat(progress).anyMatch(line -> line.contains("left behind (process " + orphan + ")"));
      awaitEnd(orphan);
      assertThat(more).isGreaterThan(promised);
      assertThat(countAsOwner(open.database(), "SELECT max(number) FROM crash.line"))
          .isGreaterThanOrEqualTo(more);
      assertThat(countAsOwner(open.database(), "SELECT max(number) - count(*) FROM crash.line"))
          .isZero();
      assertThat(text(open.database(), "SHOW fsync")).isEqualTo("on");
    }
    assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void letsACommandUseTheDatabaseOfARunningServer() throws Exception {
    Path directory = TestDatabase.reachableDirectory("attach");
    var settings = new ServerSettings(0, 32, 32, 20, false);
    try (var state = StateDirectory.open(directory);
        var serving = OpenDatabase.forServer(state, settings, Map.of(), line -> {})) {
      serving.migrate();
      try (var command = OpenDatabase.forCommand(directory, Map.of(), line -> {})) {
        assertThat(command.database().jdbcUrl()).isEqualTo(serving.database().jdbcUrl());
        assertThat(text(command.database(), "SELECT current_user::text")).isEqualTo("witan_app");
      }
      assertThat(text(serving.database(), "SELECT 'still there'")).isEqualTo("still there");
    }
  }

  private static Process startWriter(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Reads the numbers the writer has committed until it has reached a number. */
  private static int readUntil(Process writer, int target) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII));
    int last = 0;
    while (last < target) {
      String line = reader.readLine();
      assertThat(line).as("the writer ended after " + last).isNotNull();
      last = Integer.parseInt(line);
    }
    return last;
  }

  private static void awaitEnd(long process) {
    await().atMost(Duration.ofSeconds(60)).until(() -> ProcessHandle.of(process).isEmpty());
  }

  private static long postmaster(Path directory) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"));
    return Long.parseLong(lines.getFirst());
  }

  private static String text(Database database, String sql) throws SQLException {
    try (var connection = database.connectAsApp();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static int count(Database database, String sql) throws SQLException {
    return Integer.parseInt(text(database, sql));
  }

  private static int countAsOwner(Database database, String sql) throws SQLException {
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
