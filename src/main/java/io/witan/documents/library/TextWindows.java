package io.witan.documents.library;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.TextVersionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Texts in pieces of about 64 Ki UTF-16 code units, so that a window costs what it shows; every
 * method joins the caller's transaction.
 */
@Component
public class TextWindows {
  static final int PIECE = 1 << 16;

  private final JdbcClient jdbc;

  TextWindows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public void write(TextVersionId id, CollectionId collection, String text) {
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(start + PIECE, text.length());
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++; // a character of two units stays in one piece
      }
      jdbc.sql(
              "insert into documents.text_part (text_version_id, start_at, end_at, collection_id, content)"
                  + " values (?, ?, ?, ?, ?)")
          .params(id.value(), start, end, collection.value(), text.substring(start, end))
          .update();
      start = end;
    }
  }

  /** The text in [from, to), as far as there is one; offsets count UTF-16 code units. */
  public String read(TextVersionId id, int from, int to) {
    var window = new StringBuilder();
    jdbc.sql(
            """
            select start_at, content from documents.text_part
             where text_version_id = ? and end_at > ? and start_at < ?
             order by start_at
            """)
        .params(id.value(), from, to)
        .query(
            row -> {
              int start = row.getInt("start_at");
              var content = row.getString("content");
              window.append(
                  content,
                  Math.max(0, from - start),
                  (int) Math.min(content.length(), (long) to - start));
            });
    return window.toString();
  }
}
