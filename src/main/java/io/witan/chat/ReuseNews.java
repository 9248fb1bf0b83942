package io.witan.chat;

import io.witan.models.generation.Generators;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other processes on the same database that somebody's reading has changed, and hears it
 * from them: then the model of this one forgets, too. One connection of the pool listens; what was
 * said while it was lost counts as heard.
 */
@Component
class ReuseNews implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ReuseNews.class);
  private static final int WAIT_MILLIS = 1_000;
  private static final int AGAIN_SECONDS = 2;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final Generators generators;
  private final String self = UUID.randomUUID().toString();
  private volatile @Nullable CountDownLatch stopped;
  private volatile boolean isListening;

  ReuseNews(DataSource dataSource, JdbcClient jdbc, Generators generators) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.generators = generators;
  }

  /** Joins the caller's transaction: it is heard if and when that is committed. */
  void tell() {
    jdbc.sql("select pg_notify('witan_reuse', ?)").param(self).query((row, at) -> at).list();
  }

  /** Whether it hears what is told from now on. */
  boolean isListening() {
    return isListening;
  }

  @Override
  public synchronized void start() {
    if (stopped == null) {
      var until = new CountDownLatch(1);
      stopped = until;
      Thread.ofVirtual().name("reuse-news").start(() -> hearAlways(until));
    }
  }

  @Override
  public boolean isRunning() {
    return stopped != null;
  }

  @Override
  public synchronized void stop() {
    var until = stopped;
    stopped = null;
    if (until != null) {
      until.countDown();
    }
  }

  private void hearAlways(CountDownLatch until) {
    boolean wasLost = false;
    try {
      while (until.getCount() > 0) {
        try (var connection = dataSource.getConnection()) {
          hear(connection, until, wasLost);
        } catch (SQLException | RuntimeException lost) {
          if (!wasLost && until.getCount() > 0) {
            log.warn("reuse news lost, listens again cause={}", lost.getClass().getSimpleName());
          }
          wasLost = true;
        }
        isListening = false;
        if (until.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(Connection connection, CountDownLatch until, boolean wasLost)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen witan_reuse");
    }
    isListening = true;
    if (wasLost) {
      generators.forgetPrivate();
    }
    var notifications = connection.unwrap(PGConnection.class);
    while (until.getCount() > 0) {
      var received = notifications.getNotifications(WAIT_MILLIS);
      if (received != null) {
        for (var notification : received) {
          hear(notification.getParameter());
        }
      }
    }
    try (var statement = connection.createStatement()) {
      statement.execute("unlisten *"); // the pool gives the connection to others
    }
  }

  /** What this process says itself it has already done. */
  private void hear(String teller) {
    if (!teller.equals(self)) {
      generators.forgetPrivate();
    }
  }
}
