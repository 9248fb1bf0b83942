package io.witan.documents;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import java.sql.SQLException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** Sees every row, whatever row-level security says. */
@TestComponent
class Superuser {
  private final Database database;

  Superuser(
      @Value("${witan.database.url}") String url,
      @Value("${witan.database.user}") String user,
      @Value("${witan.database.password}") String password) {
    this.database = new Database(url, user, password);
  }

  /**
   * How many rows there are; the work that comes back every hour is not counted.
   *
   * @param table with a condition, if only some are meant
   */
  long count(String table) {
    var condition = table.equals("documents.scheduled_tasks") ? " where task_name like 'doc%'" : "";
    try (var connection = TestDatabase.superuser(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table + condition)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(table, e);
    }
  }
}
