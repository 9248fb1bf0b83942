package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.models.Embedders;
import io.witan.retrieval.ranking.Candidate;
import io.witan.retrieval.terms.TermAnalyzer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Calls {@code retrieval.search}, the one SQL function that searches. */
@Repository
class SearchDoor {
  /** Passages that each of words, English and Chinese vectors may propose. */
  static final int DEPTH = 100;

  private final JdbcClient jdbc;
  private final Embedders embedders;
  private final TermAnalyzer analyzer;

  SearchDoor(JdbcClient jdbc, Embedders embedders, TermAnalyzer analyzer) {
    this.jdbc = jdbc;
    this.embedders = embedders;
    this.analyzer = analyzer;
  }

  /** A query as the door wants it; made before the transaction, because embedding takes a while. */
  record PreparedQuery(
      List<String> terms,
      String english,
      String englishEmbedder,
      String chinese,
      String chineseEmbedder) {}

  TermAnalyzer analyzer() {
    return analyzer;
  }

  PreparedQuery prepare(String query) {
    var english = embedders.forLanguage(Language.ENGLISH);
    var chinese = embedders.forLanguage(Language.CHINESE);
    return new PreparedQuery(
        analyzer.queryTerms(query),
        Vectors.literal(english.embedQuery(query)),
        english.id(),
        Vectors.literal(chinese.embedQuery(query)),
        chinese.id());
  }

  /** Must run in a transaction with the scope of that person. */
  List<Candidate> candidates(UUID person, PreparedQuery query, @Nullable Set<CollectionId> within) {
    return jdbc.sql(
            """
            select passage_id, language, bm25, coverage, coalesce(cosine, 0) as cosine
              from retrieval.search(?, ?::uuid[], ?::text[],
                                    ?::public.halfvec, ?, ?::public.halfvec, ?, ?)
            """)
        .param(person)
        .param(ids(within))
        .param(query.terms().toArray(String[]::new))
        .param(query.english())
        .param(query.englishEmbedder())
        .param(query.chinese())
        .param(query.chineseEmbedder())
        .param(DEPTH)
        .query(
            (row, number) ->
                new Candidate(
                    row.getObject("passage_id", UUID.class),
                    row.getString("language"),
                    row.getDouble("bm25"),
                    row.getDouble("coverage"),
                    row.getDouble("cosine")))
        .list();
  }

  static String @Nullable [] ids(@Nullable Set<CollectionId> collections) {
    return collections == null
        ? null
        : collections.stream().map(CollectionId::toString).toArray(String[]::new);
  }
}
