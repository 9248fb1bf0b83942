package io.witan.chat.conversations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This process among those that serve the same database. It has a number, and one connection of the
 * pool holds an advisory lock of that number for as long as the process lives: PostgreSQL lets it
 * go when the process is killed, and the others see that.
 */
@Component
class AnsweringProcess implements DisposableBean {
  /** The first key of the lock; the second is the number. */
  static final int LOCKS = 0x77697461;

  private static final Logger log = LoggerFactory.getLogger(AnsweringProcess.class);
  private static final int FIRST_SECONDS = 10;
  private static final int LOOK_SECONDS = 1;
  private static final int ANSWER_SECONDS = 5;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch until = new CountDownLatch(1);
  private @Nullable Integer number;

  AnsweringProcess(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /** No other process that lives has it. */
  synchronized int number() {
    var known = number;
    if (known == null) {
      int fresh =
          jdbc.sql("select nextval('chat.process_number')::integer").query(Integer.class).single();
      Thread.ofVirtual().name("answering-process").start(() -> holdAlways(fresh));
      awaitHeld();
      number = fresh;
      return fresh;
    }
    return known;
  }

  private void awaitHeld() {
    try {
      if (!held.await(FIRST_SECONDS, TimeUnit.SECONDS)) {
        log.warn("answering process without its lock: others may take its answers for abandoned");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void holdAlways(int key) {
    try {
      do {
        try (var connection = dataSource.getConnection()) {
          hold(connection, key);
        } catch (SQLException | RuntimeException lost) {
          if (until.getCount() > 0) {
            log.warn("answering process lost its lock cause={}", lost.getClass().getSimpleName());
          }
        }
      } while (!until.await(LOOK_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold(Connection connection, int key) throws SQLException, InterruptedException {
    execute(connection, "select pg_advisory_lock(?, ?)", key);
    held.countDown();
    while (!until.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
      if (!connection.isValid(ANSWER_SECONDS)) {
        throw new SQLException("the connection is lost");
      }
    }
    execute(connection, "select pg_advisory_unlock(?, ?)", key); // the pool gives it to others
  }

  private static void execute(Connection connection, String sql, int key) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, LOCKS);
      statement.setInt(2, key);
      statement.execute();
    }
  }

  @Override
  public void destroy() {
    until.countDown();
  }
}
