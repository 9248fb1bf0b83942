package io.witan.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The indexes that no constraint needs: dropped before a load and built once after it. */
record SecondaryIndexes(List<String> definitions) {
  SecondaryIndexes {
    definitions = List.copyOf(definitions);
  }

  /** Drops them and remembers how to make them. */
  static SecondaryIndexes drop(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    var definitions = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      try (var rows =
          statement.executeQuery(
              """
              SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
              FROM pg_index i
              JOIN pg_class c ON c.oid = i.indexrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'witan')
                AND c.relkind = 'i' AND NOT c.relispartition AND NOT i.indisunique
                AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
              ORDER BY 1
              """)) {
        while (rows.next()) {
          names.add(rows.getString(1));
          definitions.add(rows.getString(2));
        }
      }
      for (String name : names) {
        statement.execute("DROP INDEX " + name);
      }
    }
    return new SecondaryIndexes(definitions);
  }

  void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String definition : definitions) {
        statement.execute(definition);
      }
    }
  }
}
