package io.witan.documents.library;

import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.documents.DocumentProblem;
import io.witan.documents.DocumentState;
import io.witan.documents.Uploader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the revisions of a document and their passages; joins the caller's transaction. */
@Component
class RevisionRows {
  private final JdbcClient jdbc;
  private final TextWindows windows;

  RevisionRows(JdbcClient jdbc, TextWindows windows) {
    this.jdbc = jdbc;
    this.windows = windows;
  }

  /**
   * One upload of a document.
   *
   * @param sha256 of the original bytes, hexadecimal
   * @param current whether its passages are the ones that are searched
   */
  record Revision(
      int number,
      String fileName,
      long bytes,
      String sha256,
      Instant uploadedAt,
      @Nullable Uploader uploadedBy,
      DocumentState state,
      @Nullable DocumentProblem problem,
      boolean current,
      @Nullable UUID textVersionId) {}

  /** The bytes of a revision, to be fetched. */
  record Original(UUID revision, String fileName, String mediaType, long bytes) {}

  /** A passage as it was indexed; offsets count UTF-16 code units of the text version. */
  record DocumentPassage(
      int ordinal,
      int start,
      int end,
      String heading,
      @Nullable Integer page,
      String language,
      String text) {}

  List<Revision> of(DocumentId document) {
    return jdbc.sql(
            """
            select r.*, p.display_name
              from documents.revision r left join identity.person p on p.id = r.uploaded_by
             where r.document_id = ? order by r.number desc
            """)
        .param(document.value())
        .query((row, index) -> revision(row))
        .list();
  }

  private static Revision revision(ResultSet row) throws SQLException {
    var person = row.getObject("uploaded_by", UUID.class);
    return new Revision(
        row.getInt("number"),
        row.getString("file_name"),
        row.getLong("bytes"),
        HexFormat.of().formatHex(row.getBytes("sha256")),
        row.getTimestamp("uploaded_at").toInstant(),
        person == null ? null : new Uploader(person, row.getString("display_name")),
        DocumentState.valueOf(row.getString("state")),
        DocumentRows.note(row, "problem", ""),
        row.getBoolean("answering"),
        row.getObject("text_version_id", UUID.class));
  }

  Optional<Original> original(DocumentId document, int number) {
    return jdbc.sql(
            """
            select id, file_name, media_type, bytes from documents.revision
             where document_id = ? and number = ?
            """)
        .params(document.value(), number)
        .query(
            (row, index) ->
                new Original(
                    row.getObject("id", UUID.class),
                    row.getString("file_name"),
                    row.getString("media_type"),
                    row.getLong("bytes")))
        .optional();
  }

  /** One page and one row more of the passages that answer now. */
  List<DocumentPassage> passages(DocumentId document, int after, int limit) {
    return jdbc
        .sql(
            """
            select c.*
              from documents.revision r join documents.chunk c on c.text_version_id = r.text_version_id
             where r.document_id = ? and r.answering and c.ordinal > ?
             order by c.ordinal limit ?
            """)
        .params(document.value(), after, limit + 1)
        .query((row, index) -> new Cut(row))
        .list()
        .stream()
        .map(this::passage)
        .toList();
  }

  private DocumentPassage passage(Cut cut) {
    var id = new TextVersionId(cut.text());
    return new DocumentPassage(
        cut.ordinal(),
        cut.start(),
        cut.end(),
        cut.heading(),
        cut.page(),
        cut.language(),
        windows.read(id, cut.start(), cut.end()));
  }

  private record Cut(
      UUID text,
      int ordinal,
      int start,
      int end,
      String heading,
      String language,
      @Nullable Integer page) {
    Cut(ResultSet row) throws SQLException {
      this(
          row.getObject("text_version_id", UUID.class),
          row.getInt("ordinal"),
          row.getInt("start_at"),
          row.getInt("end_at"),
          row.getString("heading_path"),
          row.getString("language"),
          row.getObject("page", Integer.class));
    }
  }
}
