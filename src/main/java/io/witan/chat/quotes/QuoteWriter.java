package io.witan.chat.quotes;

import io.witan.catalogue.DocumentId;
import io.witan.models.Embedder;
import io.witan.retrieval.Hit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Answers with the source's own sentences.
 *
 * <p>A unit's score blends the question's words it holds (weighted by how rare they are among the
 * retrieved passages), the cosine of its vector and the question's, and the standing of its passage
 * in the search. Units are then picked one by one: for the first places the best from different
 * documents, so that the reader sees the likely sources first; then those unlike what was already
 * picked (maximal marginal relevance; Carbonell and Goldstein 1998).
 */
public class QuoteWriter {
  /** Units whose vectors are computed; the rest is too unlike the question already. */
  private static final int EMBEDDED_UNITS = 48;

  private static final double RELEVANCE = 0.75;

  /** The first places go to different documents, as long as those have something to say. */
  private static final int SPREAD_PLACES = 3;

  /** A unit below this share of the best one's score is no answer. */
  private static final double WORTH_QUOTING = 0.45;

  private final Function<String, Embedder> embedderOf;

  /**
   * @param embedderOf the embedder of a language
   */
  public QuoteWriter(Function<String, Embedder> embedderOf) {
    this.embedderOf = embedderOf;
  }

  /**
   * The best quotes, best document first.
   *
   * @param hits what the search found, best first
   * @param count quotes wanted; neighbours that join to one count once
   * @return at most {@code count}; empty if no passage has a sentence
   */
  public List<Quote> write(String question, List<Hit> hits, int count) {
    var candidates = Candidates.of(question, hits);
    var shortlist =
        candidates.stream()
            .sorted(Comparator.comparingDouble(Candidate::lexicalScore).reversed())
            .limit(EMBEDDED_UNITS)
            .toList();
    embed(question, shortlist);
    var picked = pick(shortlist, count);
    return Joining.quotes(picked);
  }

  private void embed(String question, List<Candidate> candidates) {
    var byLanguage = new HashMap<String, List<Candidate>>();
    candidates.forEach(
        c -> byLanguage.computeIfAbsent(c.hit().language(), l -> new ArrayList<>()).add(c));
    byLanguage.forEach(
        (language, units) -> {
          var embedder = embedderOf.apply(language);
          var query = embedder.embedQuery(question);
          var vectors = embedder.embedPassages(units.stream().map(Candidate::contextText).toList());
          for (int i = 0; i < units.size(); i++) {
            units.get(i).vector(vectors.get(i), Vectors.cosine(query, vectors.get(i)));
          }
        });
  }

  private static List<Candidate> pick(List<Candidate> candidates, int count) {
    var picked = new ArrayList<Candidate>();
    var documents = new HashSet<DocumentId>();
    var left = new ArrayList<>(candidates);
    double best = candidates.stream().mapToDouble(Candidate::score).max().orElse(0);
    while (!left.isEmpty() && Joining.groups(picked).size() < count) {
      double least = WORTH_QUOTING * best;
      var others =
          left.stream()
              .filter(it -> it.score() >= least && !documents.contains(it.document()))
              .toList();
      boolean spread = picked.size() < SPREAD_PLACES && !others.isEmpty();
      var taken =
          spread
              ? Collections.max(others, Comparator.comparingDouble(Candidate::score))
              : Collections.max(left, Comparator.comparingDouble(it -> worth(it, picked)));
      if (taken.score() < least) {
        break;
      }
      picked.add(taken);
      documents.add(taken.document());
      left.removeIf(other -> other == taken || other.overlaps(taken));
    }
    return List.copyOf(picked.subList(0, kept(picked, count)));
  }

  /** The last pick may be one too many if it joined nothing. */
  private static int kept(List<Candidate> picked, int count) {
    int size = picked.size();
    while (size > 0 && Joining.groups(picked.subList(0, size)).size() > count) {
      size--;
    }
    return size;
  }

  private static double worth(Candidate candidate, List<Candidate> picked) {
    double nearest = 0;
    for (var other : picked) {
      nearest = Math.max(nearest, candidate.similarity(other));
    }
    return RELEVANCE * candidate.score() - (1 - RELEVANCE) * nearest;
  }
}
