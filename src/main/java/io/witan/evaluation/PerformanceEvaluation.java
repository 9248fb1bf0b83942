package io.witan.evaluation;

import io.witan.catalogue.CollectionStewardship;
import io.witan.catalogue.DocumentId;
import io.witan.chat.AnswerListener;
import io.witan.chat.Answers;
import io.witan.chat.Question;
import io.witan.documents.DocumentUploads;
import io.witan.evaluation.RetrievalDataSet.Query;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Measures how fast files are taken in and questions are answered, and what that costs. */
@Component
public class PerformanceEvaluation {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int PASSAGES = 10;

  private final CollectionStewardship collections;
  private final DocumentUploads uploads;
  private final FinishedDocuments finished;
  private final Retriever retriever;
  private final Answers answers;
  private final ScopedTransactions transactions;
  private final JdbcClient jdbc;

  PerformanceEvaluation(
      CollectionStewardship collections,
      DocumentUploads uploads,
      FinishedDocuments finished,
      Retriever retriever,
      Answers answers,
      ScopedTransactions transactions,
      JdbcClient jdbc) {
    this.collections = collections;
    this.uploads = uploads;
    this.finished = finished;
    this.retriever = retriever;
    this.answers = answers;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /**
   * Uploads all files into one collection, then searches and answers every question once, one after
   * the other, after a tenth of them as warm-up.
   */
  public Performance evaluate(
      AccessScope scope,
      List<OrganisationFolder> folders,
      List<Query> queries,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    finished.listen();
    var collection = collections.create(scope, "Performance", "Evaluation").id();
    var files = folders.stream().flatMap(folder -> folder.files().stream()).toList();
    progress.accept("loading %d files".formatted(files.size()));
    var before = Consumption.now();
    long begun = System.nanoTime();
    var documents = new ArrayList<DocumentId>();
    for (var file : files) {
      var name = file.document() + " " + file.path().getFileName();
      try (var bytes = Files.newInputStream(file.path())) {
        var taken = uploads.upload(scope, collection, name, bytes).document();
        if (taken != null) {
          documents.add(new DocumentId(taken.id()));
        }
      }
    }
    int failed = finished.await(documents, PATIENCE);
    long ingestMillis = millisSince(begun);
    var ingest = Consumption.now().since(before);
    int passages = passages(scope);

    progress.accept("asking %d questions".formatted(queries.size()));
    queries.stream().limit(queries.size() / 10).forEach(query -> ask(scope, query));
    var searches = new long[queries.size()];
    var asked = new long[queries.size()];
    var beforeAsking = Consumption.now();
    for (int i = 0; i < queries.size(); i++) {
      long start = System.nanoTime();
      retriever.search(scope, SearchRequest.of(queries.get(i).text(), PASSAGES));
      searches[i] = System.nanoTime() - start;
      asked[i] = ask(scope, queries.get(i));
    }
    var asking = Consumption.now().since(beforeAsking);
    return new Performance(
        documents.size(),
        failed,
        passages,
        ingestMillis,
        ingest.cpuSeconds(),
        queries.size(),
        percentile(searches, 50),
        percentile(searches, 95),
        percentile(asked, 50),
        percentile(asked, 95),
        asking.cpuSeconds());
  }

  private long ask(AccessScope scope, Query query) {
    long start = System.nanoTime();
    answers.ask(scope, Question.of(query.text()), AnswerListener.SILENT);
    return System.nanoTime() - start;
  }

  private int passages(AccessScope scope) {
    return transactions.read(
        scope,
        () -> jdbc.sql("select count(*) from retrieval.passage").query(Integer.class).single());
  }

  private static long millisSince(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static double percentile(long[] nanos, int percent) {
    if (nanos.length == 0) {
      return 0;
    }
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }
}
