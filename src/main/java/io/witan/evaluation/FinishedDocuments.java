package io.witan.evaluation;

import io.witan.catalogue.DocumentId;
import io.witan.documents.DocumentFailed;
import io.witan.documents.DocumentIndexed;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hears which documents are done, so that an evaluation can wait for its own. */
@Component
class FinishedDocuments {
  private final Set<DocumentId> indexed = new HashSet<>();
  private final Set<DocumentId> failed = new HashSet<>();
  private boolean listening;

  synchronized void listen() {
    listening = true;
  }

  @TransactionalEventListener
  synchronized void on(DocumentIndexed event) {
    if (listening) {
      indexed.add(event.documentId());
      notifyAll();
    }
  }

  @TransactionalEventListener
  synchronized void on(DocumentFailed event) {
    if (listening) {
      failed.add(event.documentId());
      notifyAll();
    }
  }

  /**
   * Waits until all are indexed or failed.
   *
   * @param patience how long nothing may happen
   * @return how many failed
   * @throws IllegalStateException if nothing finished for too long
   */
  synchronized int await(Collection<DocumentId> documents, Duration patience)
      throws InterruptedException {
    int done = -1;
    while (true) {
      long finished =
          documents.stream().filter(id -> indexed.contains(id) || failed.contains(id)).count();
      if (finished == documents.size()) {
        return (int) documents.stream().filter(failed::contains).count();
      }
      if (finished == done) {
        throw new IllegalStateException(
            "no document was indexed for %s; %d of %d are done"
                .formatted(patience, finished, documents.size()));
      }
      done = (int) finished;
      long deadline = System.nanoTime() + patience.toNanos();
      while (count(documents) == done && System.nanoTime() < deadline) {
        wait(Math.max(1, Math.min(1000, (deadline - System.nanoTime()) / 1_000_000)));
      }
    }
  }

  private long count(Collection<DocumentId> documents) {
    return documents.stream().filter(id -> indexed.contains(id) || failed.contains(id)).count();
  }
}
