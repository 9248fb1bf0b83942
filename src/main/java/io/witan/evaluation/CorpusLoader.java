package io.witan.evaluation;

import io.witan.catalogue.CollectionStewardship;
import io.witan.catalogue.DocumentId;
import io.witan.documents.DocumentUploads;
import io.witan.evaluation.RetrievalDataSet.CorpusText;
import io.witan.identity.AccessScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Uploads a corpus as a person would: the product extracts, cuts, embeds and indexes it. */
@Component
class CorpusLoader {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final CollectionStewardship collections;
  private final DocumentUploads uploads;
  private final FinishedDocuments finished;

  CorpusLoader(
      CollectionStewardship collections, DocumentUploads uploads, FinishedDocuments finished) {
    this.collections = collections;
    this.uploads = uploads;
    this.finished = finished;
  }

  LoadedCorpus load(AccessScope scope, String name, List<CorpusText> corpus)
      throws IOException, InterruptedException {
    finished.listen();
    long begun = System.nanoTime();
    var collection = collections.create(scope, name, "Evaluation").id();
    Map<DocumentId, List<String>> texts = new LinkedHashMap<>();
    for (var text : corpus) {
      var result =
          uploads.upload(
              scope,
              collection,
              fileName(text),
              new ByteArrayInputStream(markdown(text).getBytes(StandardCharsets.UTF_8)));
      var document = result.document();
      var same = result.duplicateOf();
      if (document != null) {
        add(texts, new DocumentId(document.id()), text.id());
      } else if (same != null) {
        add(texts, new DocumentId(same.id()), text.id());
      }
    }
    int failed = finished.await(texts.keySet(), PATIENCE);
    return new LoadedCorpus(collection, texts, failed, (System.nanoTime() - begun) / 1e9);
  }

  private static void add(Map<DocumentId, List<String>> texts, DocumentId document, String id) {
    texts.computeIfAbsent(document, it -> new ArrayList<>()).add(id);
  }

  /** The file's own name if the id is one; else the title stands as heading in the file. */
  private static String fileName(CorpusText text) {
    return text.id().endsWith(".md") ? text.id() : text.id() + ".md";
  }

  private static String markdown(CorpusText text) {
    return text.id().endsWith(".md") || text.title().isBlank()
        ? text.text()
        : "# " + text.title() + "\n\n" + text.text();
  }
}
