package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The embedded server itself. */
class EmbeddedPostgresTests {
  @Test
  void buildsAndSearchesAnHnswIndex() throws Exception {
    Database database = TestDatabase.freshDatabase();
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA probe");
      statement.execute("CREATE TABLE probe.point (id int, place halfvec(3))");
      statement.execute(
          "INSERT INTO probe.point SELECT i, ARRAY[i, i * 2, 1]::halfvec FROM generate_series(1, 200) i");
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
}
