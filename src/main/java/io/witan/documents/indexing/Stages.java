package io.witan.documents.indexing;

import io.witan.catalogue.TextVersionId;
import io.witan.documents.DocumentIndexed;
import io.witan.documents.Stage;
import io.witan.documents.chunking.Chunk;
import io.witan.documents.chunking.Chunker;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionWorkers;
import io.witan.documents.upload.FileNames;
import io.witan.documents.upload.Originals;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.PassageDraft;
import io.witan.retrieval.PassageIndex;
import io.witan.retrieval.SourceDraft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The work of each stage. The costly part runs outside of any transaction and can be done again;
 * its result is written by the caller together with the end of the job.
 */
@Component
class Stages {
  static final AccessScope SCOPE = AccessScope.worker("indexing");

  private final ScopedTransactions transactions;
  private final Originals originals;
  private final ExtractionWorkers workers;
  private final TextVersions texts;
  private final Chunks chunks;
  private final PassageIndex index;
  private final Revisions revisions;
  private final ApplicationEventPublisher events;
  private final Chunker chunker = new Chunker();

  Stages(
      ScopedTransactions transactions,
      Originals originals,
      ExtractionWorkers workers,
      TextVersions texts,
      Chunks chunks,
      PassageIndex index,
      Revisions revisions,
      ApplicationEventPublisher events) {
    this.transactions = transactions;
    this.originals = originals;
    this.workers = workers;
    this.texts = texts;
    this.chunks = chunks;
    this.index = index;
    this.revisions = revisions;
    this.events = events;
  }

  /**
   * Does a stage's work.
   *
   * @param progress called with 0 to 1 of this stage
   */
  StageResult run(Stage stage, IndexedRevision revision, DoubleConsumer progress)
      throws ExtractionFailed, InterruptedException {
    return switch (stage) {
      case EXTRACTING -> extract(revision, progress);
      case CHUNKING -> chunk(revision);
      case EMBEDDING -> embed(revision, progress);
      case STORED, INDEXED -> throw new IllegalArgumentException("nothing to do in " + stage);
    };
  }

  private StageResult extract(IndexedRevision revision, DoubleConsumer progress)
      throws ExtractionFailed, InterruptedException {
    var extracted = read(revision, progress);
    return new StageResult(
        () -> revisions.extracted(revision.id(), texts.save(revision, extracted), extracted),
        Stage.CHUNKING);
  }

  private ExtractedDocument read(IndexedRevision revision, DoubleConsumer progress)
      throws ExtractionFailed, InterruptedException {
    @Nullable Path copy = null;
    try {
      copy = Files.createTempFile("witan-original-", ".bin");
      try (OutputStream bytes = Files.newOutputStream(copy)) {
        originals.copy(SCOPE, revision.id(), bytes);
      }
      return workers.extract(
          copy, revision.fileName(), percent -> progress.accept(percent / 100.0));
    } catch (IOException diskTrouble) {
      throw new UncheckedIOException(diskTrouble);
    } finally {
      delete(copy);
    }
  }

  private static void delete(@Nullable Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException stays) {
      copy.toFile().deleteOnExit();
    }
  }

  private StageResult chunk(IndexedRevision revision) {
    var text = requireText(revision);
    var cut = chunker.chunk(transactions.read(SCOPE, () -> texts.load(text)));
    return new StageResult(
        () -> chunks.replace(text, revision.collectionId(), cut), Stage.EMBEDDING);
  }

  private StageResult embed(IndexedRevision revision, DoubleConsumer progress) {
    var text = requireText(revision);
    var document = transactions.read(SCOPE, () -> texts.load(text));
    var cut = transactions.read(SCOPE, () -> chunks.of(text));
    var title = FileNames.title(document.title(), revision.fileName());
    var drafts = cut.stream().map(chunk -> draft(chunk, document.text())).toList();
    var passages = index.embed(title, drafts, progress);
    var source =
        new SourceDraft(
            text,
            revision.documentId(),
            revision.collectionId(),
            title,
            revision.number(),
            revision.uploadedAt());
    return new StageResult(
        () -> {
          var now = revisions.find(revision.id()).orElseThrow();
          if (!now.superseded()) {
            index.replace(source, passages);
          }
          revisions.indexed(now, drafts.size(), language(cut), title);
          events.publishEvent(
              new DocumentIndexed(now.documentId(), now.collectionId(), now.number()));
        },
        null);
  }

  private static PassageDraft draft(Chunk chunk, String text) {
    return new PassageDraft(
        chunk.ordinal(),
        chunk.start(),
        chunk.end(),
        chunk.headingPath(),
        chunk.language(),
        chunk.page(),
        text.substring(chunk.start(), chunk.end()));
  }

  /** The language in which most of the text is. */
  private static @Nullable String language(List<Chunk> cut) {
    var lengths =
        cut.stream()
            .collect(
                Collectors.groupingBy(
                    Chunk::language, Collectors.summingInt(c -> c.end() - c.start())));
    return lengths.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static TextVersionId requireText(IndexedRevision revision) {
    var text = revision.textVersionId();
    if (text == null) {
      throw new IllegalStateException("revision " + revision.id() + " was not extracted");
    }
    return text;
  }
}
