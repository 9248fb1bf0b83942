package io.witan.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a backup into a new database beside the old one, checks every row of it, and only then puts
 * it in the old one's place: a restore that fails changes nothing.
 */
public final class Restore {
  private static final String NEW = "witan_restoring";
  private static final String OLD = "witan_replaced";

  private final ServerAddress server;
  private final ZipFile file;
  private final BackupManifest manifest;
  private final Migrations migrations;
  private final Consumer<String> progress;

  private Restore(
      ServerAddress server,
      ZipFile file,
      BackupManifest manifest,
      Migrations migrations,
      Consumer<String> progress) {
    this.server = server;
    this.file = file;
    this.manifest = manifest;
    this.migrations = migrations;
    this.progress = progress;
  }

  /**
   * Restores a backup and brings it to this program's schema version.
   *
   * @param replace whether what the database holds now may be given up
   * @throws DatabaseProblem if the file is damaged or of a newer Witan, or the database is not
   *     empty and may not be replaced
   */
  public static BackupManifest read(
      OpenDatabase open, Path path, boolean replace, Consumer<String> progress) {
    return read(open, path, replace, Migrations.ofWitan(), progress);
  }

  static BackupManifest read(
      OpenDatabase open,
      Path path,
      boolean replace,
      Migrations migrations,
      Consumer<String> progress) {
    ServerAddress server = open.embedded("restore");
    try (var file = new ZipFile(path.toFile())) {
      var restore = new Restore(server, file, manifest(file), migrations, progress);
      restore.checkFile();
      restore.run(replace);
      return restore.manifest;
    } catch (IOException | SQLException | JacksonException e) {
      throw new DatabaseProblem(
          "The restore failed, and the database is as it was: " + e.getMessage(), e);
    }
  }

  private static BackupManifest manifest(ZipFile file) throws IOException {
    ZipEntry entry = file.getEntry(BackupManifest.ENTRY);
    if (entry == null) {
      throw new DatabaseProblem(file.getName() + " is not a backup made by Witan.");
    }
    try (InputStream in = file.getInputStream(entry)) {
      var manifest = JsonMapper.shared().readValue(in.readAllBytes(), BackupManifest.class);
      if (manifest.format() != BackupManifest.FORMAT) {
        throw new DatabaseProblem(
            file.getName() + " has format " + manifest.format() + ", and this Witan knows only 1.");
      }
      return manifest;
    }
  }

  /** Compares every entry with its hash before anything is touched. */
  private void checkFile() throws IOException {
    progress.accept("checking " + file.getName());
    for (BackupManifest.TableEntry table : manifest.tables()) {
      var digest = Backup.sha256();
      try (InputStream in = new DigestInputStream(content(table), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
        throw new DatabaseProblem(file.getName() + " is damaged: " + table.entry());
      }
    }
  }

  private InputStream content(BackupManifest.TableEntry table) throws IOException {
    ZipEntry entry = file.getEntry(table.entry());
    if (entry == null) {
      throw new DatabaseProblem(file.getName() + " is damaged: it lacks " + table.entry());
    }
    return file.getInputStream(entry);
  }

  private void run(boolean replace) throws SQLException, IOException {
    server.execute("DROP DATABASE IF EXISTS " + NEW + " WITH (FORCE)");
    try {
      Database database = server.prepare(NEW);
      migrate(database);
      try (Connection connection = server.superuser(NEW)) {
        if (!replace) {
          requireEmpty(connection);
        }
        load(connection);
        verify(connection);
      }
      migrations.migrate(database);
      swap();
    } finally {
      server.execute("DROP DATABASE IF EXISTS " + NEW + " WITH (FORCE)");
    }
  }

  private void migrate(Database database) {
    var wanted = MigrationVersion.fromVersion(manifest.schemaVersion());
    var newest = migrations.newest(database);
    if (newest.compareTo(wanted) < 0) {
      throw new DatabaseProblem(
          "The backup has schema version "
              + wanted
              + ", and this Witan only knows "
              + newest
              + ". Restore it with the version of Witan that made it, or a later one.");
    }
    progress.accept("making a database of schema version " + wanted);
    migrations.migrate(database, wanted);
  }

  /** Refuses if the present database has more rows anywhere than the migrations put there. */
  private void requireEmpty(Connection fresh) throws SQLException {
    var seeded = DatabaseContents.tables(fresh);
    var occupied = new ArrayList<String>();
    try (Connection present = server.superuser(ServerAddress.DATABASE)) {
      for (DatabaseContents.Table table : DatabaseContents.tables(present)) {
        boolean known =
            seeded.stream().anyMatch(other -> other.qualified().equals(table.qualified()));
        long expected = known ? DatabaseContents.rows(fresh, table) : 0;
        if (DatabaseContents.rows(present, table) > expected) {
          occupied.add(table.schema() + "." + table.name());
        }
      }
    }
    if (!occupied.isEmpty()) {
      throw new DatabaseProblem(
          "The database is not empty ("
              + String.join(", ", occupied)
              + "). To give up what it holds, add --replace.");
    }
  }

  private void load(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      // no triggers and no foreign keys while rows arrive in any order; the hashes prove the result
      statement.execute("SET LOCAL session_replication_role = replica");
      statement.execute("SET LOCAL maintenance_work_mem = '512MB'");
      List<DatabaseContents.Table> tables = DatabaseContents.tables(connection);
      if (!tables.isEmpty()) {
        statement.execute(
            "TRUNCATE "
                + tables.stream()
                    .map(DatabaseContents.Table::qualified)
                    .collect(Collectors.joining(", ")));
      }
      var indexes = SecondaryIndexes.drop(connection);
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (BackupManifest.TableEntry table : manifest.tables()) {
        try (InputStream in = content(table)) {
          long rows = copy.copyIn(table.table().copyIn(), in);
          progress.accept(table.schema() + "." + table.name() + ": " + rows + " rows");
        }
      }
      progress.accept("building indexes");
      indexes.create(connection);
      setSequences(connection);
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.execute("ANALYZE");
    }
  }

  private void setSequences(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT setval(?::regclass, ?, ?)")) {
      for (BackupManifest.SequenceEntry sequence : manifest.sequences()) {
        statement.setString(
            1,
            DatabaseContents.quote(sequence.schema())
                + "."
                + DatabaseContents.quote(sequence.name()));
        statement.setLong(2, sequence.lastValue());
        statement.setBoolean(3, sequence.called());
        statement.execute();
      }
    }
  }

  /** Reads everything out again and compares it with the manifest. */
  private void verify(Connection connection) throws SQLException, IOException {
    progress.accept("checking what was restored");
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronize_seqscans = off");
    }
    for (BackupManifest.TableEntry table : manifest.tables()) {
      var copied = Backup.copyOut(connection, table.table(), OutputStream.nullOutputStream());
      if (copied.rows() != table.rows() || !copied.sha256().equals(table.sha256())) {
        throw new DatabaseProblem(
            "The restore failed, and the database is as it was: "
                + table.schema()
                + "."
                + table.name()
                + " came back with "
                + copied.rows()
                + " of "
                + table.rows()
                + " rows, or with other content.");
      }
    }
  }

  /** Both names change in one transaction. */
  private void swap() throws SQLException {
    server.execute("DROP DATABASE IF EXISTS " + OLD + " WITH (FORCE)");
    try (Connection connection = server.superuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('"
              + ServerAddress.DATABASE
              + "', '"
              + NEW
              + "')");
      connection.setAutoCommit(false);
      statement.execute("ALTER DATABASE " + ServerAddress.DATABASE + " RENAME TO " + OLD);
      statement.execute("ALTER DATABASE " + NEW + " RENAME TO " + ServerAddress.DATABASE);
      connection.commit();
    }
    server.execute("DROP DATABASE IF EXISTS " + OLD + " WITH (FORCE)");
    // grants on the database itself name it
    server.prepare(ServerAddress.DATABASE);
  }
}
