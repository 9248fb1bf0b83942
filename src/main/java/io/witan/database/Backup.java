package io.witan.database;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everything in the database into one file, from one snapshot, while it may be in use.
 *
 * <p>The file is a zip: {@code tables/<schema>.<table>.copy} in PostgreSQL's COPY text format and
 * {@code manifest.json}. It holds documents and password hashes: only its owner may read it.
 */
public final class Backup {
  private Backup() {}

  /**
   * Writes a backup; the file appears only once it is complete.
   *
   * @throws DatabaseProblem if the file exists, cannot be written, or the database cannot be read
   */
  public static BackupManifest write(
      OpenDatabase open, Path file, Clock clock, Consumer<String> progress) {
    ServerAddress server = open.embedded("back up");
    Path target = file.toAbsolutePath();
    if (Files.exists(target)) {
      throw new DatabaseProblem(target + " exists already. Name a new file for the backup.");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try (Connection connection = server.superuser(ServerAddress.DATABASE)) {
      var manifest = write(connection, unfinished, clock, progress);
      try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (IOException | SQLException e) {
      throw new DatabaseProblem("The backup failed: " + e.getMessage(), e);
    } finally {
      unfinished.toFile().delete();
    }
  }

  private static BackupManifest write(
      Connection connection, Path file, Clock clock, Consumer<String> progress)
      throws IOException, SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      // fail, rather than leave rows out, should a policy apply after all
      statement.execute("SET LOCAL row_security = off");
      statement.execute("SET LOCAL synchronize_seqscans = off");
    }
    String version = DatabaseContents.schemaVersion(connection);
    if (version.isEmpty()) {
      throw new DatabaseProblem("There is nothing to back up: the database was never migrated.");
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      var tables = new ArrayList<BackupManifest.TableEntry>();
      for (DatabaseContents.Table table : DatabaseContents.tables(connection)) {
        var entry =
            new BackupManifest.TableEntry(table.schema(), table.name(), table.columns(), 0, "");
        zip.putNextEntry(new ZipEntry(entry.entry()));
        var copied = copyOut(connection, table, zip);
        zip.closeEntry();
        tables.add(
            new BackupManifest.TableEntry(
                table.schema(), table.name(), table.columns(), copied.rows(), copied.sha256()));
        progress.accept(table.schema() + "." + table.name() + ": " + copied.rows() + " rows");
      }
      var manifest =
          new BackupManifest(
              BackupManifest.FORMAT,
              clock.instant(),
              version,
              connection.getMetaData().getDatabaseProductVersion(),
              tables,
              DatabaseContents.sequences(connection));
      zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
      zip.write(JsonMapper.shared().writeValueAsBytes(manifest));
      zip.closeEntry();
      return manifest;
    } finally {
      connection.rollback();
    }
  }

  /** How much was copied, and its hash. */
  record Copied(long rows, String sha256) {}

  /** Writes a table's rows to a stream, in the order they lie in. */
  static Copied copyOut(Connection connection, DatabaseContents.Table table, OutputStream out)
      throws IOException, SQLException {
    var digest = sha256();
    var hashing = new DigestOutputStream(out, digest);
    long rows =
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyOut(), hashing);
    return new Copied(rows, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
