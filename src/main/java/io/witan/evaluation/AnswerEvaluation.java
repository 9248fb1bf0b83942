package io.witan.evaluation;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionStewardship;
import io.witan.catalogue.DocumentId;
import io.witan.chat.Answer;
import io.witan.chat.AnswerListener;
import io.witan.chat.AnswerMode;
import io.witan.chat.Answers;
import io.witan.chat.Citation;
import io.witan.chat.Question;
import io.witan.documents.DocumentUploads;
import io.witan.evaluation.RetrievalDataSet.Query;
import io.witan.identity.AccessScope;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Measures answers end to end: files are uploaded as people have them, questions are asked as
 * people ask them, and the citations are compared with the files that are known to answer.
 */
@Component
public class AnswerEvaluation {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int FIRST_CITATIONS = 3;

  private final CollectionStewardship collections;
  private final DocumentUploads uploads;
  private final FinishedDocuments finished;
  private final CorpusLoader loader;
  private final Answers answers;

  AnswerEvaluation(
      CollectionStewardship collections,
      DocumentUploads uploads,
      FinishedDocuments finished,
      CorpusLoader loader,
      Answers answers) {
    this.collections = collections;
    this.uploads = uploads;
    this.finished = finished;
    this.loader = loader;
    this.answers = answers;
  }

  /** Files in a collection, by the names that data sets give them. */
  private record Uploaded(CollectionId collection, Map<DocumentId, String> documents, int failed) {}

  /**
   * Uploads each organisation's files into a collection of its own and asks its questions there.
   *
   * @param foreign a corpus that answers none of the questions; null to leave that out
   * @param progress told one line for each step
   */
  public List<AnswerScores> evaluate(
      AccessScope scope,
      List<OrganisationFolder> organisations,
      List<Query> queries,
      @Nullable RetrievalDataSet foreign,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    CollectionId elsewhere = null;
    if (foreign != null) {
      progress.accept(
          "loading %d documents of %s".formatted(foreign.corpus().size(), foreign.name()));
      elsewhere = loader.load(scope, foreign.name(), foreign.corpus()).collection();
    }
    var scores = new ArrayList<AnswerScores>();
    for (var organisation : organisations) {
      progress.accept(
          "loading %d files of %s".formatted(organisation.files().size(), organisation.name()));
      var uploaded = upload(scope, organisation);
      var own =
          queries.stream()
              .filter(
                  query ->
                      query.relevant().stream()
                          .anyMatch(id -> id.startsWith(organisation.name() + "/")))
              .toList();
      progress.accept("asking %d questions of %s".formatted(own.size(), organisation.name()));
      scores.add(ask(scope, organisation, uploaded, own, elsewhere));
    }
    return scores;
  }

  private Uploaded upload(AccessScope scope, OrganisationFolder organisation)
      throws IOException, InterruptedException {
    finished.listen();
    var collection = collections.create(scope, organisation.name(), "Evaluation").id();
    var documents = new LinkedHashMap<DocumentId, String>();
    for (var file : organisation.files()) {
      try (var bytes = Files.newInputStream(file.path())) {
        var result = uploads.upload(scope, collection, file.path().getFileName().toString(), bytes);
        if (result.document() != null) {
          documents.put(new DocumentId(result.document().id()), file.document());
        }
      }
    }
    int failed = finished.await(documents.keySet(), PATIENCE);
    return new Uploaded(collection, documents, failed);
  }

  private AnswerScores ask(
      AccessScope scope,
      OrganisationFolder organisation,
      Uploaded uploaded,
      List<Query> queries,
      @Nullable CollectionId elsewhere) {
    int first = 0;
    int among = 0;
    int refused = 0;
    int refusedForeign = 0;
    long millis = 0;
    for (var query : queries) {
      var answer = ask(scope, query.text(), uploaded.collection());
      millis += answer.timing().totalMillis();
      refused += answer.mode() == AnswerMode.ABSTAINED ? 1 : 0;
      var cited = answer.citations().stream().map(it -> name(uploaded, it)).toList();
      first += isRight(cited, 1, query) ? 1 : 0;
      among += isRight(cited, FIRST_CITATIONS, query) ? 1 : 0;
      if (elsewhere != null && ask(scope, query.text(), elsewhere).mode() == AnswerMode.ABSTAINED) {
        refusedForeign++;
      }
    }
    double count = Math.max(1, queries.size());
    return new AnswerScores(
        organisation.name(),
        organisation.files().size(),
        uploaded.failed(),
        queries.size(),
        first / count,
        among / count,
        refused / count,
        elsewhere == null ? -1 : refusedForeign / count,
        millis / count);
  }

  private Answer ask(AccessScope scope, String question, CollectionId collection) {
    return answers.ask(
        scope, new Question(question, List.of(), null, Set.of(collection)), AnswerListener.SILENT);
  }

  private static String name(Uploaded uploaded, Citation citation) {
    return uploaded.documents().getOrDefault(new DocumentId(citation.documentId()), "");
  }

  private static boolean isRight(List<String> cited, int among, Query query) {
    return cited.stream().limit(among).anyMatch(query.relevant()::contains);
  }
}
