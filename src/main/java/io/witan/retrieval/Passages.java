package io.witan.retrieval;

import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.List;
import java.util.Optional;
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
