package io.witan.documents.live;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.documents.DocumentSettings;
import io.witan.documents.library.DocumentRows;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Hears from PostgreSQL which documents changed, and tells the watchers.
 *
 * <p>One connection of the pool listens, and only while somebody watches.
 */
@Component
class DocumentNews implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(DocumentNews.class);
  private static final int WAIT_MILLIS = 1_000;

  private final DataSource dataSource;
  private final ScopedTransactions transactions;
  private final DocumentRows rows;
  private final CollectionCatalogue catalogue;
  private final DocumentSettings settings;
  private final Set<Watcher> watchers = new HashSet<>();
  private @Nullable Connection listening;
  private boolean open;

  DocumentNews(
      DataSource dataSource,
      ScopedTransactions transactions,
      DocumentRows rows,
      CollectionCatalogue catalogue,
      DocumentSettings settings) {
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.rows = rows;
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** Serves a connection from now on: what is committed after this call is told. */
  synchronized void watch(AccessScope scope, SseEmitter emitter) {
    if (!open) {
      emitter.complete();
      return;
    }
    if (listening == null) {
      listening = listen();
      var connection = listening;
      Thread.ofVirtual().name("document-news").start(() -> hear(connection));
    }
    var watcher =
        new Watcher(scope, emitter, transactions, rows, catalogue, settings.liveHeartbeat());
    watchers.add(watcher);
    emitter.onCompletion(() -> remove(watcher));
    emitter.onTimeout(watcher::leave);
    emitter.onError(lost -> watcher.leave());
    Thread.ofVirtual().name("document-watcher").start(watcher);
  }

  private synchronized void remove(Watcher watcher) {
    watcher.leave();
    watchers.remove(watcher);
  }

  /** How many connections are served. */
  synchronized int watchers() {
    return watchers.size();
  }

  /** Whether a connection of the pool is kept for this. */
  synchronized boolean isListening() {
    return listening != null;
  }

  private Connection listen() {
    try {
      var connection = dataSource.getConnection();
      try (var statement = connection.createStatement()) {
        statement.execute("listen witan_documents");
        return connection;
      } catch (SQLException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new CannotGetJdbcConnectionException("cannot listen for documents", failed);
    }
  }

  private void hear(Connection connection) {
    try (connection) {
      var notifications = connection.unwrap(PGConnection.class);
      while (isWanted(connection)) {
        var received = notifications.getNotifications(WAIT_MILLIS);
        if (received != null) {
          for (var notification : received) {
            tell(News.parse(notification.getParameter()));
          }
        }
      }
      try (var statement = connection.createStatement()) {
        statement.execute("unlisten *");
      }
    } catch (SQLException | RuntimeException lost) {
      log.warn("document news lost; watchers connect again", lost);
      abandon(connection);
    }
  }

  private synchronized boolean isWanted(Connection connection) {
    if (watchers.isEmpty() && listening == connection) {
      listening = null;
    }
    return listening == connection;
  }

  private synchronized void tell(@Nullable News news) {
    if (news != null) {
      watchers.removeIf(watcher -> !watcher.offer(news));
    }
  }

  private synchronized void abandon(Connection connection) {
    if (listening == connection) {
      listening = null;
      watchers.forEach(Watcher::leave);
      watchers.clear();
    }
  }

  @Override
  public synchronized void start() {
    open = true;
  }

  @Override
  public synchronized boolean isRunning() {
    return open;
  }

  /** Before the server waits for its requests to end, for these would not by themselves. */
  @Override
  public synchronized void stop() {
    open = false;
    listening = null;
    watchers.forEach(Watcher::leave);
    watchers.clear();
  }
}
