package io.witan.chat.conversations;

import com.zaxxer.hikari.HikariDataSource;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As the database sees it: another server process that has begun to write an answer. */
final class OtherProcess implements AutoCloseable {
  static final int NUMBER = 2_000_000_001;

  private final JdbcClient jdbc;
  private final Connection connection;

  OtherProcess(DataSource dataSource, JdbcClient jdbc) throws SQLException {
    this.jdbc = jdbc;
    var pool = dataSource.unwrap(HikariDataSource.class);
    this.connection =
        DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    try (var statement = connection.prepareStatement("select pg_advisory_lock(?, ?)")) {
      statement.setInt(1, AnsweringProcess.LOCKS);
      statement.setInt(2, NUMBER);
      statement.execute();
    }
  }

  /** What is being written in a conversation is written by this process. */
  void takes(ScopedTransactions transactions, ConversationId conversation) {
    transactions.run(
        AccessScope.worker("test"),
        () ->
            jdbc.sql(
                    """
                    update chat.message set process = ?
                     where conversation_id = ? and state = 'STREAMING'
                    """)
                .param(NUMBER)
                .param(conversation.value())
                .update());
  }

  /** Its connections break, which is all that the database sees of a killed process. */
  void kill() throws SQLException {
    connection.abort(Runnable::run);
  }

  @Override
  public void close() throws SQLException {
    kill();
  }
}
