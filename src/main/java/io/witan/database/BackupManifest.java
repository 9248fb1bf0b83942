package io.witan.database;

import java.time.Instant;
import java.util.List;

/**
 * What a backup holds, so that it can be checked before and after it is read back.
 *
 * @param format the layout of the file; only 1 is known
 * @param createdAt when the snapshot was taken
 * @param schemaVersion the newest migration of the database
 * @param postgres the server's version
 * @param tables every table with its content's size and hash
 * @param sequences every sequence with its position
 */
public record BackupManifest(
    int format,
    Instant createdAt,
    String schemaVersion,
    String postgres,
    List<TableEntry> tables,
    List<SequenceEntry> sequences) {
  static final int FORMAT = 1;
  static final String ENTRY = "manifest.json";

  /** Copies the lists. */
  public BackupManifest {
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /**
   * One table.
   *
   * @param columns the columns, in the order of the content
   * @param rows how many rows
   * @param sha256 of the uncompressed content (PostgreSQL's COPY text format)
   */
  public record TableEntry(
      String schema, String name, List<String> columns, long rows, String sha256) {
    /** Copies the list. */
    public TableEntry {
      columns = List.copyOf(columns);
    }

    DatabaseContents.Table table() {
      return new DatabaseContents.Table(schema, name, columns);
    }

    String entry() {
      return "tables/" + schema + "." + name + ".copy";
    }
  }

  /** One sequence and where it stands. */
  public record SequenceEntry(String schema, String name, long lastValue, boolean called) {}

  /** All rows together. */
  public long rows() {
    return tables.stream().mapToLong(TableEntry::rows).sum();
  }
}
