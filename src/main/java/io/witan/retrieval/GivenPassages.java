package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.models.Embedder;
import io.witan.models.Embedders;
import io.witan.retrieval.ranking.Candidate;
import io.witan.retrieval.ranking.Fusion;
import io.witan.retrieval.terms.TermAnalyzer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ranks passages that somebody gives as the search ranks those of a collection, in memory: for
 * evaluations of the reading alone. How rare a word is, the passages that were told of before say,
 * as a collection's passages do.
 */
public final class GivenPassages {
  // as retrieval.search has them
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final Embedders embedders;
  private final TermAnalyzer analyzer = new TermAnalyzer();
  private final Map<String, Integer> frequencies = new HashMap<>();
  private long passages;
  private long terms;

  public GivenPassages(Embedders embedders) {
    this.embedders = embedders;
  }

  /**
   * A piece of a given text.
   *
   * @param text the number of the text that it is of
   * @param ordinal its place among the pieces of that text
   * @param start offset in that text of its first UTF-16 code unit
   */
  public record Given(int text, int ordinal, int start, String title, String words) {}

  /** Counts the words of a passage, so that words can be rare or not. */
  public void tell(String passage) {
    var found = analyzer.terms(passage);
    passages++;
    terms += found.size();
    new HashSet<>(found).forEach(term -> frequencies.merge(term, 1, Integer::sum));
  }

  /**
   * All of them as hits, best first.
   *
   * @return hits whose text version is the one of {@link #textVersion}
   */
  public SearchResult rank(String query, List<Given> given) {
    var language = Language.ofQuery(query);
    var candidates = new ArrayList<Candidate>();
    var pieces = new HashMap<UUID, Given>();
    var cosines = cosines(query, given);
    var queryTerms = analyzer.queryTerms(query);
    for (int i = 0; i < given.size(); i++) {
      var piece = given.get(i);
      var id = new UUID(piece.text(), piece.ordinal());
      pieces.put(id, piece);
      candidates.add(candidate(id, piece, queryTerms, cosines[i]));
    }
    var hits = new ArrayList<Hit>();
    for (var ranked : Fusion.rank(candidates, language, null)) {
      var piece = pieces.get(ranked.candidate().passage());
      if (piece != null) {
        hits.add(hit(hits.size() + 1, piece, ranked));
      }
    }
    return new SearchResult(hits, 1, AnswerRule.evidence(query, hits).isEnough());
  }

  /** Names a given text, as hits and citations do. */
  public static TextVersionId textVersion(int text) {
    return new TextVersionId(new UUID(1, text));
  }

  private double[] cosines(String query, List<Given> given) {
    var cosines = new double[given.size()];
    Map<String, List<Integer>> byLanguage = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      var language = Language.ofQuery(given.get(i).words());
      byLanguage.computeIfAbsent(language, it -> new ArrayList<>()).add(i);
    }
    byLanguage.forEach(
        (language, places) -> {
          Embedder embedder = embedders.forLanguage(language);
          var asked = embedder.embedQuery(query);
          var texts = places.stream().map(i -> given.get(i).words()).toList();
          var vectors = embedder.embedPassages(texts);
          for (int i = 0; i < places.size(); i++) {
            cosines[places.get(i)] = cosine(asked, vectors.get(i));
          }
        });
    return cosines;
  }

  /** Of vectors of unit length. */
  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private Candidate candidate(UUID id, Given piece, List<String> query, double cosine) {
    var counts = new HashMap<String, Integer>();
    var all = analyzer.terms(piece.words());
    all.forEach(term -> counts.merge(term, 1, Integer::sum));
    double mean = passages == 0 ? 1 : Math.max(1, (double) terms / passages);
    double bm25 = 0;
    double held = 0;
    double asked = 0;
    for (var term : query) {
      int holders = frequencies.getOrDefault(term, 0);
      double idf = Math.log(1 + (passages - holders + 0.5) / (holders + 0.5));
      int count = counts.getOrDefault(term, 0);
      asked += idf;
      if (count > 0) {
        held += idf;
        bm25 += idf * (K1 + 1) * count / (count + K1 * (1 - B + B * all.size() / mean));
      }
    }
    var language = Language.ofQuery(piece.words());
    return new Candidate(id, language, bm25, asked == 0 ? 0 : held / asked, cosine);
  }

  private static Hit hit(int rank, Given piece, Fusion.Ranked ranked) {
    var candidate = ranked.candidate();
    return new Hit(
        rank,
        candidate.passage(),
        new DocumentId(new UUID(1, piece.text())),
        textVersion(piece.text()),
        new CollectionId(new UUID(1, 1)),
        piece.title(),
        1,
        Instant.EPOCH,
        "",
        candidate.language(),
        null,
        piece.start(),
        piece.start() + piece.words().length(),
        piece.words(),
        new Hit.Ranks(ranked.byMeaning(), ranked.byWords()),
        new Hit.Signals(
            ranked.score(), candidate.bm25(), candidate.coverage(), candidate.cosine()));
  }
}
