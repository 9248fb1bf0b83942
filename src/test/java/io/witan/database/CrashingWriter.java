package io.witan.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;

/** A program of its own that writes row after row, each in a transaction, until it is killed. */
final class CrashingWriter {
  private CrashingWriter() {}

  public static void main(String[] arguments) throws Exception {
    var state = StateDirectory.open(Path.of(arguments[0]));
    var open = OpenDatabase.forServer(state, ServerSettings.defaults(), Map.of(), line -> {});
    try (Connection connection = open.database().connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS crash");
      statement.execute("CREATE TABLE IF NOT EXISTS crash.line (number int PRIMARY KEY)");
      int first;
      try (var row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM crash.line")) {
        row.next();
        first = row.getInt(1) + 1;
      }
      for (int number = first; ; number++) {
        statement.execute("INSERT INTO crash.line VALUES (" + number + ")");
        System.out.println(number); // only now is it promised
      }
    }
  }
}
