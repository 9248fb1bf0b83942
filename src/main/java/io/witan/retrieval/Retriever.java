package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.ranking.Fusion;
import io.witan.retrieval.ranking.Fusion.Ranked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds passages that a person may read, by their words and by their meaning. */
@Service
public class Retriever {
  private static final int MAX_LIMIT = 100;
  private static final SearchResult NOTHING = new SearchResult(List.of(), 0, false);

  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final SearchDoor door;

  Retriever(JdbcClient jdbc, ScopedTransactions transactions, SearchDoor door) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.door = door;
  }

  /**
   * Searches what the scope may read, narrowed by the request.
   *
   * @return nothing for nobody and for a blank query
   * @throws IllegalStateException for a worker's scope: a search is always somebody's
   */
  public SearchResult search(AccessScope scope, SearchRequest request) {
    if (scope instanceof AccessScope.Nobody || request.query().isBlank()) {
      return NOTHING;
    }
    UUID person = scope.requirePerson().value();
    var within = request.within();
    if (within != null && within.isEmpty()) {
      return NOTHING;
    }
    var query = door.prepare(request.query());
    return transactions.read(
        scope,
        () -> {
          int searched = countSearched(within);
          if (searched == 0) {
            return NOTHING;
          }
          var ranked =
              Fusion.rank(
                  door.candidates(person, query, within),
                  Language.ofQuery(request.query()),
                  request.semanticWeight());
          int limit = Math.clamp(request.limit(), 1, MAX_LIMIT);
          var hits = hits(ranked, Math.max(limit, AnswerRule.PASSAGES));
          boolean answerable = AnswerRule.evidence(request.query(), hits).isEnough();
          return new SearchResult(
              hits.subList(0, Math.min(limit, hits.size())), searched, answerable);
        });
  }

  private int countSearched(@Nullable Set<CollectionId> within) {
    return jdbc.sql(
            """
            select count(*) from catalogue.permitted_collections('READ') c
             where ?::uuid[] is null or c = any (?::uuid[])
            """)
        .param(SearchDoor.ids(within))
        .param(SearchDoor.ids(within))
        .query(Integer.class)
        .single();
  }

  /** Texts are read under row-level security: the door gives only ids. */
  private List<Hit> hits(List<Ranked> ranked, int limit) {
    var wanted = ranked.subList(0, Math.min(limit, ranked.size()));
    Map<UUID, Ranked> byId = new HashMap<>();
    wanted.forEach(it -> byId.put(it.candidate().passage(), it));
    Map<UUID, Hit> found = new HashMap<>();
    jdbc.sql(
            """
            select p.id, p.source_id, p.collection_id, p.start_offset, p.end_offset, p.heading,
                   p.language, p.page, p.text, s.document_id, s.title, s.revision, s.uploaded_at
              from retrieval.passage p join retrieval.source s on s.id = p.source_id
             where p.id = any (?::uuid[])
            """)
        .param(byId.keySet().stream().map(UUID::toString).toArray(String[]::new))
        .query(
            row -> {
              UUID id = row.getObject("id", UUID.class);
              var it = byId.get(id);
              if (it != null) {
                found.put(id, hit(row, id, it));
              }
            });
    var hits = new ArrayList<Hit>(found.size());
    for (var it : wanted) {
      var hit = found.get(it.candidate().passage());
      if (hit != null) {
        hits.add(hit.withRank(hits.size() + 1));
      }
    }
    return hits;
  }

  private static Hit hit(ResultSet row, UUID id, Ranked ranked) throws SQLException {
    return new Hit(
        0,
        id,
        new DocumentId(row.getObject("document_id", UUID.class)),
        new TextVersionId(row.getObject("source_id", UUID.class)),
        new CollectionId(row.getObject("collection_id", UUID.class)),
        row.getString("title"),
        row.getInt("revision"),
        row.getTimestamp("uploaded_at").toInstant(),
        row.getString("heading"),
        row.getString("language"),
        row.getObject("page", Integer.class),
        row.getInt("start_offset"),
        row.getInt("end_offset"),
        row.getString("text"),
        new Hit.Ranks(ranked.byMeaning(), ranked.byWords()),
        new Hit.Signals(
            ranked.score(),
            ranked.candidate().bm25(),
            ranked.candidate().coverage(),
            ranked.candidate().cosine()));
  }
}
