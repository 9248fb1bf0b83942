package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.witan.WholeApplication;
import io.witan.evaluation.RetrievalDataSet.QuerySet;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One organisation's files through the whole product; all three: witan evaluate retrieval. */
@WholeApplication
class EnterpriseIntegrationTests {
  private static final Path FOLDER =
      Path.of(System.getProperty("witan.shared", "../shared"), "data/retrieval/enterprise");
  private static final String ORGANISATION = "CloudWay-24/";
  private static final int QUESTIONS = 80;

  @Autowired private RetrievalEvaluation evaluation;
  @Autowired private ScratchPerson people;
  @Autowired private Retriever retriever;

  @Test
  void findsTheRightFilesAndAnswersTheirQuestions() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "needs " + FOLDER);
    var all = RetrievalDataSet.read(FOLDER, List.of());
    var queries =
        all.sets().getFirst().queries().stream()
            .filter(query -> query.relevant().stream().allMatch(it -> it.startsWith(ORGANISATION)))
            .limit(QUESTIONS)
            .toList();
    var one =
        new RetrievalDataSet(
            "one organisation",
            all.corpus().stream().filter(it -> it.id().startsWith(ORGANISATION)).toList(),
            List.of(new QuerySet("own", queries)));
    var person = people.create();

    var scores = evaluation.evaluate(person, one, line -> {}).getFirst();

    assertThat(scores.queries()).isEqualTo(QUESTIONS);
    assertThat(scores.ndcgAt10()).isGreaterThan(0.84);
    assertThat(scores.recallAt10()).isGreaterThan(0.96);
    assertThat(scores.refused()).isLessThan(0.10);
    assertThat(refused(person, all)).isGreaterThan(0.80);
  }

  /** Part of other organisations' questions that this corpus is found not to answer. */
  private double refused(AccessScope person, RetrievalDataSet all) {
    var foreign =
        all.sets().getFirst().queries().stream()
            .filter(query -> query.relevant().stream().noneMatch(it -> it.startsWith(ORGANISATION)))
            .limit(QUESTIONS)
            .toList();
    return foreign.stream()
        .mapToDouble(
            query ->
                retriever.search(person, SearchRequest.of(query.text(), 3)).answerable() ? 0 : 1)
        .average()
        .orElseThrow();
  }
}
