package io.witan.documents.library;

import io.witan.catalogue.DocumentId;
import io.witan.documents.Document;
import io.witan.documents.DocumentNotFound;
import io.witan.documents.DocumentProblem;
import io.witan.documents.DocumentState;
import io.witan.documents.Stage;
import io.witan.documents.Uploader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads documents; joins the caller's transaction, whose scope decides which rows there are. */
@Component
public class DocumentRows {
  private static final String SELECT =
      """
      select d.id, d.collection_id, d.title, d.file_name, d.revision, d.created_at, d.updated_at,
             d.owner_id, p.display_name as owner_name,
             r.media_type, r.format, r.bytes, r.pages, r.state, r.stage, r.progress, r.passages, r.language,
             r.problem_code, r.problem_title, r.problem_detail,
             r.warning_code, r.warning_title, r.warning_detail,
             a.number as answering_number, a.text_version_id as answering_text
        from documents.document d
        join documents.revision r on r.document_id = d.id and r.number = d.revision
        left join documents.revision a on a.document_id = d.id and a.answering
        left join identity.person p on p.id = d.owner_id
      """;

  private final JdbcClient jdbc;

  DocumentRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Document> find(DocumentId id) {
    return jdbc.sql(SELECT + " where d.id = ?").param(id.value()).query(DOCUMENT).optional();
  }

  /**
   * As {@link #find(DocumentId)}.
   *
   * @throws DocumentNotFound if there is none in this scope
   */
  Document require(DocumentId id) {
    return find(id).orElseThrow(() -> new DocumentNotFound(id));
  }

  public List<Document> find(Collection<UUID> ids) {
    return jdbc.sql(SELECT + " where d.id = any (?)")
        .param(ids.toArray(UUID[]::new))
        .query(DOCUMENT)
        .list();
  }

  /** One page and one row more, in the order of the query. */
  List<Document> list(DocumentListQuery query) {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<Object>();
    if (query.collection() != null) {
      conditions.add("d.collection_id = ?");
      values.add(query.collection().value());
    }
    if (query.words() != null) {
      conditions.add("(d.title ilike ? or d.file_name ilike ?)");
      values.add(query.wordsPattern());
      values.add(query.wordsPattern());
    }
    if (query.state() != null) {
      conditions.add("r.state = ?");
      values.add(query.state().name());
    }
    if (query.format() != null) {
      conditions.add("r.format = ?");
      values.add(query.format().name());
    }
    var key = query.sort().key();
    if (query.after() != null) {
      conditions.add(
          "(%s, d.id) %s (%s, cast(? as uuid))"
              .formatted(key, query.descending() ? "<" : ">", query.sort().given()));
      values.addAll(query.after());
    }
    var direction = query.descending() ? " desc" : " asc";
    var sql =
        SELECT
            + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
            + " order by %s%s, d.id%s limit ?".formatted(key, direction, direction);
    values.add(query.limit() + 1);
    return jdbc.sql(sql).params(values).query(DOCUMENT).list();
  }

  private static final RowMapper<Document> DOCUMENT =
      (row, index) ->
          new Document(
              row.getObject("id", UUID.class),
              row.getObject("collection_id", UUID.class),
              row.getString("title"),
              row.getString("file_name"),
              row.getString("media_type"),
              row.getString("format"),
              row.getLong("bytes"),
              row.getObject("pages", Integer.class),
              DocumentState.valueOf(row.getString("state")),
              Stage.valueOf(row.getString("stage")),
              Math.round(row.getFloat("progress") * 1000) / 1000.0,
              problem(row),
              note(row, "warning", ""),
              row.getInt("revision"),
              row.getObject("passages", Integer.class),
              row.getString("language"),
              row.getObject("answering_text", UUID.class),
              owner(row),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private static @Nullable DocumentProblem problem(ResultSet row) throws SQLException {
    var answering = row.getObject("answering_number", Integer.class);
    boolean older = answering != null && answering < row.getInt("revision");
    return note(row, "problem", older ? " Revision %d still answers.".formatted(answering) : "");
  }

  static @Nullable DocumentProblem note(ResultSet row, String prefix, String addition)
      throws SQLException {
    var code = row.getString(prefix + "_code");
    return code == null
        ? null
        : new DocumentProblem(
            code, row.getString(prefix + "_title"), row.getString(prefix + "_detail") + addition);
  }

  private static @Nullable Uploader owner(ResultSet row) throws SQLException {
    var id = row.getObject("owner_id", UUID.class);
    return id == null ? null : new Uploader(id, String.valueOf(row.getString("owner_name")));
  }
}
