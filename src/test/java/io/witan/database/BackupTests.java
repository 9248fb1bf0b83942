package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backup and restore of an installation, on a real server of its own. */
class BackupTests {
  private static final Migrations MIGRATIONS =
      new Migrations(List.of("classpath:db/migration", "classpath:io/witan/database/probe"));

  private static final String ROWS =
      """
      INSERT INTO probe.parent SELECT md5(i::text)::uuid, now() FROM generate_series(1, 50) i;
      INSERT INTO probe.a_child (parent, bytes, place, half, words, facts, "Odd name")
      SELECT md5((i % 50 + 1)::text)::uuid,
             decode(repeat(md5(i::text), 40), 'hex'),
             ARRAY[i / 3.0, -i, 1e-7]::vector, ARRAY[i / 7.0, i, 0.1]::halfvec,
             to_tsvector('english', 'the wise ones number ' || i),
             jsonb_build_object('i', i, 'text', E'tab\\t, newline\\n, back\\\\slash, 智者'),
             CASE WHEN i % 3 = 0 THEN NULL ELSE E'\\\\N is not null' END
      FROM generate_series(1, 500) i;
      DELETE FROM probe.a_child WHERE id % 10 = 0;
      """;

  private static final String EVERYTHING = "SELECT c::text FROM probe.a_child c ORDER BY id";

  private static final Path DIRECTORY = TestDatabase.reachableDirectory("backup");
  private static StateDirectory state;
  private static OpenDatabase open;

  @BeforeAll
  static void startAServer() {
    state = StateDirectory.open(DIRECTORY.resolve("state"));
    var settings = new ServerSettings(0, 64, 64, 20, false);
    open = OpenDatabase.forServer(state, settings, Map.of(), line -> {});
  }

  @AfterAll
  static void stopIt() {
    open.close();
    state.close();
  }

  @BeforeEach
  void startEmpty() throws SQLException {
    var server = open.embedded("test");
    server.execute("DROP DATABASE witan WITH (FORCE)");
    MIGRATIONS.migrate(server.prepare("witan"));
  }

  @Test
  void bringsBackEveryValueOfEveryKind() throws Exception {
    run(ROWS);
    List<String> before = lines(EVERYTHING);
    Path file = backup("values.witan");

    startEmpty();
    restore(file, false);

    assertThat(before).hasSize(450);
    assertThat(lines(EVERYTHING)).isEqualTo(before);
    assertThat(lines("SELECT id::text FROM probe.parent")).hasSize(51);
    assertThat(lines("SELECT indexname FROM pg_indexes WHERE schemaname = 'probe'"))
        .contains("a_child_half", "a_child_words");
    run("INSERT INTO probe.a_child (parent) SELECT id FROM probe.parent LIMIT 1");
    assertThat(lines("SELECT max(id)::text FROM probe.a_child")).containsExactly("501");
    assertThatThrownBy(() -> run("INSERT INTO probe.a_child (parent) VALUES (gen_random_uuid())"))
        .hasMessageContaining("foreign key");
    assertThat(lines("SELECT relforcerowsecurity::text FROM pg_class WHERE relname = 'a_child'"))
        .containsExactly("true");
    try (var connection = open.database().connectAsApp()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void refusesADatabaseThatHoldsSomethingUnlessToldToReplaceIt() throws Exception {
    run(ROWS);
    Path file = backup("first.witan");
    run("DELETE FROM probe.a_child WHERE id > 5; UPDATE probe.a_child SET facts = '{}'");

    assertThatThrownBy(() -> restore(file, false))
        .isInstanceOf(DatabaseProblem.class)
        .hasMessageContaining("probe.a_child")
        .hasMessageContaining("--replace");
    assertThat(lines("SELECT count(*)::text FROM probe.a_child")).containsExactly("5");

    restore(file, true);
    assertThat(lines("SELECT count(*)::text FROM probe.a_child WHERE facts <> '{}'"))
        .containsExactly("450");
    assertThat(lines("SELECT datname FROM pg_database WHERE datname LIKE 'witan%'"))
        .containsExactly("witan");
  }

  @Test
  void leavesTheDatabaseAloneWhenTheFileIsDamaged() throws Exception {
    run(ROWS);
    Path file = backup("damaged.witan");
    try (var zip = FileSystems.newFileSystem(file)) {
      Path table = zip.getPath("tables/probe.a_child.copy");
      Files.writeString(table, Files.readString(table).replace("wise", "wize"));
    }

    assertThatThrownBy(() -> restore(file, true))
        .isInstanceOf(DatabaseProblem.class)
        .hasMessageContaining("is damaged: tables/probe.a_child.copy");
    assertThat(lines(EVERYTHING)).hasSize(450);
  }

  @Test
  void refusesABackupOfANewerSchema() throws Exception {
    Path file = backup("newer.witan");

    assertThatThrownBy(() -> Restore.read(open, file, true, Migrations.ofWitan(), line -> {}))
        .isInstanceOf(DatabaseProblem.class)
        .hasMessageContaining("schema version 900");
  }

  @Test
  void writesAFileThatOnlyItsOwnerReadsAndOverwritesNone() {
    Path file = backup("owner.witan");

    assertThat(file)
        .satisfies(
            written ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                    .isEqualTo("rw-------"));
    assertThatThrownBy(() -> backup("owner.witan")).hasMessageContaining("exists already");
  }

  private static Path backup(String name) {
    Path file = DIRECTORY.resolve(name);
    Backup.write(open, file, Clock.systemUTC(), line -> {});
    return file;
  }

  private static void restore(Path file, boolean replace) {
    Restore.read(open, file, replace, MIGRATIONS, line -> {});
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = superuser();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> lines(String sql) throws SQLException {
    var lines = new ArrayList<String>();
    try (Connection connection = superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private static Connection superuser() throws SQLException {
    return open.embedded("test").superuser("witan");
  }
}
