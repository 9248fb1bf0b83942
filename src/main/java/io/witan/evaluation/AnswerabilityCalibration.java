package io.witan.evaluation;

import io.witan.evaluation.RetrievalDataSet.CorpusText;
import io.witan.evaluation.RetrievalDataSet.QuerySet;
import io.witan.identity.AccessScope;
import io.witan.retrieval.AnswerRule;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Fits the rule that refuses: questions asked of their own corpus can be answered, the same ones
 * asked of a foreign corpus cannot. Every other question is kept out of the fit, to judge it.
 */
@Component
public class AnswerabilityCalibration {
  private final CorpusLoader loader;
  private final Retriever retriever;

  AnswerabilityCalibration(CorpusLoader loader, Retriever retriever) {
    this.loader = loader;
    this.retriever = retriever;
  }

  /** A data set and a corpus that does not answer its questions. */
  public record Pair(RetrievalDataSet own, RetrievalDataSet foreign) {}

  /**
   * The questions that were kept out of the fit.
   *
   * @param refusedByProduct part that the rule in the product refuses
   * @param refusedByFit part that the rule fitted now refuses
   */
  public record Judgement(
      String set,
      String corpus,
      boolean answerable,
      int questions,
      double refusedByProduct,
      double refusedByFit) {}

  /**
   * What came out.
   *
   * @param weights of each language: bias, coverage, cosine
   */
  public record Calibration(Map<String, double[]> weights, List<Judgement> judgements) {}

  private record Example(
      String set, String corpus, boolean answerable, boolean kept, AnswerRule.Evidence evidence) {
    double[] features() {
      return new double[] {evidence.coverage(), evidence.cosine()};
    }

    String group() {
      return set + " on " + corpus;
    }
  }

  /**
   * @param perSet at most so many questions of each set, evenly spread
   */
  public Calibration calibrate(
      AccessScope scope, List<Pair> pairs, int perSet, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, LoadedCorpus> corpora = new HashMap<>();
    for (var pair : pairs) {
      for (var data : List.of(pair.own(), pair.foreign())) {
        if (!corpora.containsKey(data.name())) {
          progress.accept("loading " + data.name());
          List<CorpusText> texts = data.corpus();
          corpora.put(data.name(), loader.load(scope, data.name(), texts));
        }
      }
    }
    var examples = new LinkedHashMap<String, List<Example>>();
    for (var pair : pairs) {
      for (var set : pair.own().sets()) {
        for (var data : List.of(pair.own(), pair.foreign())) {
          var corpus = corpora.get(data.name());
          if (corpus != null && !examples.containsKey(set.name() + " on " + data.name())) {
            progress.accept("asking " + set.name() + " on " + data.name());
            examples.put(
                set.name() + " on " + data.name(),
                ask(scope, set, data.name(), corpus, data.equals(pair.own()), perSet));
          }
        }
      }
    }
    return judge(examples.values().stream().flatMap(List::stream).toList());
  }

  private List<Example> ask(
      AccessScope scope,
      QuerySet set,
      String name,
      LoadedCorpus corpus,
      boolean answerable,
      int perSet) {
    int count = Math.min(perSet, set.queries().size());
    var examples = new ArrayList<Example>(count);
    for (int i = 0; i < count; i++) {
      var query = set.queries().get((int) ((long) i * set.queries().size() / count));
      var request =
          new SearchRequest(query.text(), Set.of(corpus.collection()), AnswerRule.PASSAGES, null);
      var hits = retriever.search(scope, request).hits();
      examples.add(
          new Example(
              set.name(), name, answerable, i % 2 == 1, AnswerRule.evidence(query.text(), hits)));
    }
    return examples;
  }

  private static Calibration judge(List<Example> examples) {
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (var language :
        new TreeSet<>(examples.stream().map(it -> it.evidence().language()).toList())) {
      weights.put(
          language,
          fit(
              examples.stream()
                  .filter(it -> !it.kept() && it.evidence().language().equals(language))
                  .toList()));
    }
    Map<String, List<Example>> kept =
        examples.stream()
            .filter(Example::kept)
            .collect(
                Collectors.groupingBy(Example::group, LinkedHashMap::new, Collectors.toList()));
    return new Calibration(
        weights, kept.values().stream().map(group -> judgement(group, weights)).toList());
  }

  /** Every set weighs the same, and so do answerable and unanswerable questions together. */
  private static double[] fit(List<Example> examples) {
    var sizes =
        examples.stream().collect(Collectors.groupingBy(Example::group, Collectors.counting()));
    long answerable = groups(examples, Example::answerable);
    long unanswerable = groups(examples, it -> !it.answerable());
    double[] importance =
        examples.stream()
            .mapToDouble(
                it ->
                    1000.0
                        / sizes.getOrDefault(it.group(), 1L)
                        / (it.answerable() ? answerable : unanswerable))
            .toArray();
    boolean[] labels = new boolean[examples.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = examples.get(i).answerable();
    }
    return LogisticRegression.fit(
        examples.stream().map(Example::features).toArray(double[][]::new), labels, importance);
  }

  private static long groups(List<Example> examples, Predicate<Example> which) {
    return Math.max(1, examples.stream().filter(which).map(Example::group).distinct().count());
  }

  private static Judgement judgement(List<Example> group, Map<String, double[]> weights) {
    var first = group.getFirst();
    return new Judgement(
        first.set(),
        first.corpus(),
        first.answerable(),
        group.size(),
        part(group, it -> !it.evidence().isEnough()),
        part(
            group,
            it -> {
              double[] fitted = weights.get(it.evidence().language());
              return fitted == null
                  || LogisticRegression.probability(fitted, it.features()) < AnswerRule.THRESHOLD;
            }));
  }

  private static double part(List<Example> group, Predicate<Example> refused) {
    return (double) group.stream().filter(refused).count() / group.size();
  }
}
