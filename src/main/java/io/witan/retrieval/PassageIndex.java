package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.models.Embedders;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts passages into the index and takes them out.
 *
 * <p>All but {@link #embed} join the caller's transaction, which must be a worker's: passages,
 * vectors, full text and statistics change together with the state of the document, or not at all.
 */
@Service
public class PassageIndex {
  private static final int EMBEDDING_BATCH = 64;

  private final Embedders embedders;
  private final PassageRows rows;
  private final ApplicationEventPublisher events;

  PassageIndex(Embedders embedders, PassageRows rows, ApplicationEventPublisher events) {
    this.embedders = embedders;
    this.rows = rows;
    this.events = events;
  }

  /**
   * Computes the vectors of passages, each by the embedder of its language; slow, so not to be
   * called in a transaction.
   *
   * @param title of the document; is embedded with each passage, as its headings are
   * @param progress told the part that is done, 0 to 1
   * @return in the order of the drafts
   */
  public List<EmbeddedPassage> embed(
      String title, List<PassageDraft> drafts, DoubleConsumer progress) {
    // like lengths meet in a batch, and progress can be told between batches
    var order =
        IntStream.range(0, drafts.size())
            .boxed()
            .sorted(
                java.util.Comparator.comparing((Integer i) -> drafts.get(i).language())
                    .thenComparing(i -> drafts.get(i).text().length()))
            .toList();
    @Nullable EmbeddedPassage[] embedded = new EmbeddedPassage[drafts.size()];
    int from = 0;
    while (from < order.size()) {
      var language = drafts.get(order.get(from)).language();
      int to = from + 1;
      while (to < order.size()
          && to - from < EMBEDDING_BATCH
          && drafts.get(order.get(to)).language().equals(language)) {
        to++;
      }
      var embedder = embedders.forLanguage(language);
      var texts =
          order.subList(from, to).stream().map(i -> inContext(title, drafts.get(i))).toList();
      var vectors = embedder.embedPassages(texts);
      for (int i = from; i < to; i++) {
        int index = order.get(i);
        embedded[index] =
            new EmbeddedPassage(drafts.get(index), embedder.id(), vectors.get(i - from));
      }
      from = to;
      progress.accept((double) from / order.size());
    }
    return List.of(embedded);
  }

  /**
   * Makes this the document's only searchable text: passages of its earlier text versions go, their
   * sources stay as superseded, so that citations made from them can still be resolved.
   */
  public void replace(SourceDraft source, List<EmbeddedPassage> passages) {
    requireTransaction();
    rows.supersede(source);
    rows.insert(source, passages);
  }

  /** Takes everything of a document out, superseded sources included. */
  public void removeDocument(DocumentId id) {
    requireTransaction();
    UUID collection = rows.delete(id);
    if (collection != null) {
      events.publishEvent(new SourcesRemoved(id, new CollectionId(collection)));
    }
  }

  /**
   * Gives a document's sources another title and indexes its words; the vectors keep the old one
   * until the document is embedded again.
   */
  public void rename(DocumentId id, String title) {
    requireTransaction();
    rows.rename(id, title);
  }

  /** What is embedded and what is searched for words: the text with where it stands. */
  static String inContext(String title, PassageDraft draft) {
    return inContext(title, draft.headingPath(), draft.text());
  }

  static String inContext(String title, String headingPath, String text) {
    var parts = new ArrayList<String>(3);
    if (!title.isBlank()) {
      parts.add(title.strip());
    }
    if (!headingPath.isBlank()) {
      parts.add(headingPath);
    }
    parts.add(text);
    return String.join("\n", parts);
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the index changes only in its caller's transaction");
    }
  }
}
