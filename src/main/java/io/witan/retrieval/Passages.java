package io.witan.retrieval;

import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.packing.NearbyPassage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Reads indexed text back, to check a citation against it. */
@Service
public class Passages {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  Passages(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * The indexed text that contains [start, end) of a text version.
   *
   * @return empty if the scope may not read it, the text version is superseded, or a part of the
   *     range was never indexed
   */
  public Optional<PassageText> around(
      AccessScope scope, TextVersionId textVersion, int start, int end) {
    var overlapping =
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        """
                        select start_offset, text from retrieval.passage
                         where source_id = ? and start_offset < ? and end_offset > ?
                         order by start_offset, ordinal
                        """)
                    .params(textVersion.value(), end, start)
                    .query(
                        (row, number) ->
                            new PassageText(row.getInt("start_offset"), row.getString("text")))
                    .list());
    return join(overlapping)
        .filter(it -> it.start() <= start && end <= it.start() + it.text().length());
  }

  /**
   * Found passages with those that stand beside them in their texts.
   *
   * @param reach passages on each side
   * @return in no order; only what the scope may read now
   */
  public List<NearbyPassage> nearby(AccessScope scope, List<Hit> hits, int reach) {
    return nearby(scope, hits, reach, false);
  }

  /** The same, but only of collections whose passages may be sent to other machines. */
  public List<NearbyPassage> nearbyLeaving(AccessScope scope, List<Hit> hits, int reach) {
    return nearby(scope, hits, reach, true);
  }

  private List<NearbyPassage> nearby(
      AccessScope scope, List<Hit> hits, int reach, boolean leaving) {
    if (hits.isEmpty()) {
      return List.of();
    }
    var ids = hits.stream().map(hit -> hit.passageId().toString()).toArray(String[]::new);
    return transactions.read(
        scope,
        () ->
            jdbc.sql(
                    """
                    select distinct on (p.id) p.id, p.source_id, p.ordinal, p.heading, p.language,
                           p.page, p.start_offset, p.end_offset, p.text
                      from retrieval.passage h join retrieval.passage p
                        on p.source_id = h.source_id
                       and p.ordinal between h.ordinal - :reach and h.ordinal + :reach
                     where h.id = any (:ids::uuid[])
                       and (not :leaving
                            or p.collection_id in
                               (select c.id from catalogue.collection c where c.may_leave))
                    """)
                .param("ids", ids)
                .param("reach", reach)
                .param("leaving", leaving)
                .query(
                    (row, number) ->
                        new NearbyPassage(
                            row.getObject("id", UUID.class),
                            new TextVersionId(row.getObject("source_id", UUID.class)),
                            row.getInt("ordinal"),
                            row.getString("heading"),
                            row.getString("language"),
                            row.getObject("page", Integer.class),
                            row.getInt("start_offset"),
                            row.getInt("end_offset"),
                            row.getString("text")))
                .list());
  }

  /** Joins passages that touch or overlap; empty if there is a gap. */
  private static Optional<PassageText> join(List<PassageText> passages) {
    if (passages.isEmpty()) {
      return Optional.empty();
    }
    int start = passages.getFirst().start();
    var text = new StringBuilder();
    for (var passage : passages) {
      int known = start + text.length() - passage.start();
      if (known < 0) {
        return Optional.empty();
      }
      if (known < passage.text().length()) {
        text.append(passage.text(), known, passage.text().length());
      }
    }
    return Optional.of(new PassageText(start, text.toString()));
  }
}
