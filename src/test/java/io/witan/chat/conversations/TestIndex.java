package io.witan.chat.conversations;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.PassageDraft;
import io.witan.retrieval.PassageIndex;
import io.witan.retrieval.SourceDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;

/** Puts texts into the real index without the way through files. */
public final class TestIndex {
  private static final AccessScope WORKER = AccessScope.worker("test");

  private final PassageIndex index;
  private final ScopedTransactions transactions;

  public TestIndex(PassageIndex index, ScopedTransactions transactions) {
    this.index = index;
    this.transactions = transactions;
  }

  /** A document whose paragraphs are its passages. */
  public DocumentId document(
      CollectionId collection, String title, String language, String... paragraphs) {
    var document = new DocumentId(UUID.randomUUID());
    var drafts = new ArrayList<PassageDraft>();
    int start = 0;
    for (var paragraph : paragraphs) {
      drafts.add(
          new PassageDraft(
              drafts.size(),
              start,
              start + paragraph.length(),
              "Heading of " + title,
              language,
              1,
              paragraph));
      start += paragraph.length() + 2;
    }
    var embedded = index.embed(title, drafts, progress -> {});
    var source =
        new SourceDraft(
            new TextVersionId(UUID.randomUUID()),
            document,
            collection,
            title,
            1,
            Instant.parse("2026-02-03T04:05:06Z"));
    transactions.run(WORKER, () -> index.replace(source, embedded));
    return document;
  }

  void remove(DocumentId document) {
    transactions.run(WORKER, () -> index.removeDocument(document));
  }
}
