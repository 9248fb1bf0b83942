package io.witan.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a backup must hold: every table but the migration history, and every sequence. */
final class DatabaseContents {
  private static final String OUTSIDE =
      """
      n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e')
      """;

  private DatabaseContents() {}

  /** A table and the columns that hold data of their own (generated ones are left out). */
  record Table(String schema, String name, List<String> columns) {
    Table {
      columns = List.copyOf(columns);
    }

    String qualified() {
      return quote(schema) + "." + quote(name);
    }

    String copyOut() {
      return "COPY " + qualified() + " (" + columnList() + ") TO STDOUT";
    }

    String copyIn() {
      return "COPY " + qualified() + " (" + columnList() + ") FROM STDIN";
    }

    private String columnList() {
      return columns.stream().map(DatabaseContents::quote).collect(Collectors.joining(", "));
    }
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static List<Table> tables(Connection connection) throws SQLException {
    String sql =
        """
        SELECT n.nspname, c.relname,
               ARRAY(SELECT a.attname::text FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND a.attgenerated = '' ORDER BY a.attnum)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence <> 't'
          AND NOT (n.nspname = 'witan' AND c.relname = 'schema_history') AND
        """
            + OUTSIDE
            + "ORDER BY 1, 2";
    var tables = new ArrayList<Table>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Array columns = rows.getArray(3);
        tables.add(
            new Table(
                rows.getString(1), rows.getString(2), List.of((String[]) columns.getArray())));
      }
    }
    return tables;
  }

  static List<BackupManifest.SequenceEntry> sequences(Connection connection) throws SQLException {
    String sql =
        """
        SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'S' AND
        """
            + OUTSIDE
            + "ORDER BY 1, 2";
    var names = new ArrayList<String[]>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(new String[] {rows.getString(1), rows.getString(2)});
      }
    }
    var sequences = new ArrayList<BackupManifest.SequenceEntry>();
    for (String[] name : names) {
      try (var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "SELECT last_value, is_called FROM " + quote(name[0]) + "." + quote(name[1]))) {
        row.next();
        sequences.add(
            new BackupManifest.SequenceEntry(name[0], name[1], row.getLong(1), row.getBoolean(2)));
      }
    }
    return sequences;
  }

  static long rows(Connection connection, Table table) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table.qualified())) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The newest migration, or an empty text where there was none. */
  static String schemaVersion(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var row =
          statement.executeQuery(
              "SELECT count(*) FROM pg_tables"
                  + " WHERE schemaname = 'witan' AND tablename = 'schema_history'")) {
        row.next();
        if (row.getInt(1) == 0) {
          return "";
        }
      }
      try (var row =
          statement.executeQuery(
              """
              SELECT version FROM witan.schema_history WHERE success AND version IS NOT NULL
              ORDER BY string_to_array(version, '.')::int[] DESC LIMIT 1
              """)) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }
}
