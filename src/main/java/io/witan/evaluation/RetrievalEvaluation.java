package io.witan.evaluation;

import io.witan.evaluation.RankingScores.Ranking;
import io.witan.evaluation.RetrievalDataSet.Query;
import io.witan.evaluation.RetrievalDataSet.QuerySet;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Measures how well the product finds documents that are known to answer questions. */
@Component
public class RetrievalEvaluation {
  private static final int PASSAGES = 100;

  private final CorpusLoader loader;
  private final Retriever retriever;

  RetrievalEvaluation(CorpusLoader loader, Retriever retriever) {
    this.loader = loader;
    this.retriever = retriever;
  }

  /**
   * Loads the corpus into a new collection and asks every query.
   *
   * @param scope who uploads and asks; the corpus becomes theirs
   * @param progress told one line for each step
   */
  public List<RankingScores> evaluate(
      AccessScope scope, RetrievalDataSet data, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("loading %d documents of %s".formatted(data.corpus().size(), data.name()));
    var loaded = loader.load(scope, data.name(), data.corpus());
    progress.accept(
        "loaded in %.0f s, %d documents failed".formatted(loaded.seconds(), loaded.failed()));
    var scores = new ArrayList<RankingScores>();
    for (var set : data.sets()) {
      long begun = System.nanoTime();
      scores.add(evaluate(scope, loaded, set));
      progress.accept(
          "%s: %d queries, %.1f ms each"
              .formatted(
                  set.name(),
                  set.queries().size(),
                  (System.nanoTime() - begun) / 1e6 / Math.max(1, set.queries().size())));
    }
    return scores;
  }

  private RankingScores evaluate(AccessScope scope, LoadedCorpus loaded, QuerySet set) {
    return RankingScores.of(
        set.name(), set.queries().stream().map(query -> rank(scope, loaded, query)).toList());
  }

  /** A document's rank is that of its best passage. */
  private Ranking rank(AccessScope scope, LoadedCorpus loaded, Query query) {
    var result =
        retriever.search(
            scope, new SearchRequest(query.text(), Set.of(loaded.collection()), PASSAGES, null));
    var documents = new LinkedHashSet<String>();
    for (var hit : result.hits()) {
      documents.addAll(loaded.texts().getOrDefault(hit.documentId(), List.of()));
    }
    return new Ranking(List.copyOf(documents), query.relevant(), result.answerable());
  }
}
