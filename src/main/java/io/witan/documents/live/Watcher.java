package io.witan.documents.live;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.documents.Document;
import io.witan.documents.library.DocumentRows;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One connection that shows documents live.
 *
 * <p>News waits in a bounded set, so a slow reader costs little and gets the newest state only; one
 * that is too slow for the bound is let go. What is sent is read at that moment under the person's
 * own scope.
 */
final class Watcher implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  static final int MAX_WAITING = 2_000;

  private final AccessScope scope;
  private final SseEmitter emitter;
  private final ScopedTransactions transactions;
  private final DocumentRows rows;
  private final CollectionCatalogue catalogue;
  private final Duration heartbeat;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Set<News> waiting = new LinkedHashSet<>();
  private boolean gone;

  Watcher(
      AccessScope scope,
      SseEmitter emitter,
      ScopedTransactions transactions,
      DocumentRows rows,
      CollectionCatalogue catalogue,
      Duration heartbeat) {
    this.scope = scope;
    this.emitter = emitter;
    this.transactions = transactions;
    this.rows = rows;
    this.catalogue = catalogue;
    this.heartbeat = heartbeat;
  }

  /** Deleted documents, as they are told. */
  record DeletedDocument(UUID id) {}

  /** Takes news without waiting; false once this watcher is no longer served. */
  boolean offer(News news) {
    lock.lock();
    try {
      if (!gone && waiting.size() >= MAX_WAITING) {
        gone = true;
      }
      waiting.add(news);
      arrived.signal();
      return !gone;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection; the browser opens another one and reads the list again. */
  void leave() {
    lock.lock();
    try {
      gone = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      emitter.send(SseEmitter.event().comment("listening"));
      while (true) {
        var news = next();
        if (news == null) {
          break;
        }
        if (news.isEmpty()) {
          emitter.send(SseEmitter.event().comment("heartbeat"));
        } else {
          send(news);
        }
      }
      emitter.complete();
    } catch (IOException | IllegalStateException clientLeft) {
      log.debug("document watcher left", clientLeft); // the container ends the request by itself
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      log.warn("document watcher broken", broken);
      emitter.completeWithError(broken);
    } finally {
      leave();
    }
  }

  /** What has arrived; empty when it is time for a sign of life, null when it is over. */
  private @Nullable List<News> next() throws InterruptedException {
    lock.lock();
    try {
      long left = heartbeat.toNanos();
      while (waiting.isEmpty() && !gone && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (gone) {
        return null;
      }
      var news = List.copyOf(waiting);
      waiting.clear();
      return news;
    } finally {
      lock.unlock();
    }
  }

  private void send(List<News> news) throws IOException {
    var changed = news.stream().filter(News.Changed.class::isInstance).map(News::document).toList();
    List<Document> readable = transactions.read(scope, () -> rows.find(changed));
    for (var document : readable) {
      emitter.send(SseEmitter.event().name("document").data(document, MediaType.APPLICATION_JSON));
    }
    for (var one : news) {
      if (one instanceof News.Deleted deleted
          && catalogue.find(scope, deleted.collection()).isPresent()) {
        emitter.send(
            SseEmitter.event()
                .name("deleted")
                .data(new DeletedDocument(deleted.document()), MediaType.APPLICATION_JSON));
      }
    }
  }
}
