package io.witan.documents.indexing;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.documents.DocumentProblem;
import io.witan.documents.Stage;
import io.witan.documents.extraction.ExtractedDocument;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The state of revisions; every method joins the caller's transaction. */
@Component
class Revisions {
  private final JdbcClient jdbc;
  private final Clock clock;

  Revisions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<IndexedRevision> find(UUID id) {
    return jdbc.sql(
            """
            select r.id, r.document_id, r.collection_id, r.number, r.file_name, r.uploaded_at, r.text_version_id,
                   exists (select 1 from documents.revision n
                            where n.document_id = r.document_id and n.answering and n.number > r.number) as superseded
              from documents.revision r
             where r.id = ?
            """)
        .param(id)
        .query(
            (row, index) ->
                new IndexedRevision(
                    id,
                    new DocumentId(row.getObject("document_id", UUID.class)),
                    new CollectionId(row.getObject("collection_id", UUID.class)),
                    row.getInt("number"),
                    row.getString("file_name"),
                    row.getTimestamp("uploaded_at").toInstant(),
                    textVersion(row.getObject("text_version_id", UUID.class)),
                    row.getBoolean("superseded")))
        .optional();
  }

  private static @Nullable TextVersionId textVersion(@Nullable UUID id) {
    return id == null ? null : new TextVersionId(id);
  }

  /**
   * Makes other changes of this document wait. Everybody locks in the order collection, document,
   * the rest: stages, deletions of documents and those of collections then cannot deadlock.
   */
  void lock(IndexedRevision revision) {
    jdbc.sql("select 1 from catalogue.collection where id = ? for key share")
        .param(revision.collectionId().value())
        .query((row, index) -> true)
        .optional();
    jdbc.sql("select 1 from documents.document where id = ? for update")
        .param(revision.documentId().value())
        .query((row, index) -> true)
        .optional();
  }

  void begin(UUID id, Stage stage, double progress) {
    jdbc.sql(
            "update documents.revision set state = 'PROCESSING', stage = ?, progress = ? where id = ?")
        .params(stage.name(), (float) progress, id)
        .update();
  }

  void progress(UUID id, double progress) {
    jdbc.sql("update documents.revision set progress = ? where id = ? and state = 'PROCESSING'")
        .params((float) progress, id)
        .update();
  }

  void extracted(UUID id, TextVersionId text, ExtractedDocument document) {
    var warning = document.warnings().isEmpty() ? null : document.warnings().getFirst();
    jdbc.sql(
            """
            update documents.revision
               set text_version_id = :text, media_type = :type, format = :format, pages = :pages,
                   warning_code = :code, warning_title = :title, warning_detail = :detail
             where id = :id
            """)
        .param("id", id)
        .param("text", text.value())
        .param("type", document.mediaType())
        .param("format", document.format().name())
        .param("pages", document.pages().isEmpty() ? null : document.pages().size())
        .param("code", warning == null ? null : warning.code())
        .param("title", warning == null ? null : Causes.title(warning.code()))
        .param("detail", warning == null ? null : warning.detail())
        .update();
  }

  /** The revision is searched from now on, unless a newer one is. */
  void indexed(IndexedRevision revision, int passages, @Nullable String language, String title) {
    var now = Timestamp.from(clock.instant());
    if (!revision.superseded()) {
      jdbc.sql(
              "update documents.revision set answering = false where document_id = ? and answering")
          .param(revision.documentId().value())
          .update();
      jdbc.sql("update documents.document set title = ?, updated_at = ? where id = ?")
          .params(title, now, revision.documentId().value())
          .update();
    }
    jdbc.sql(
            """
            update documents.revision
               set state = 'INDEXED', stage = 'INDEXED', progress = 1, answering = :answering,
                   passages = :passages, language = :language,
                   problem_code = null, problem_title = null, problem_detail = null
             where id = :id
            """)
        .param("id", revision.id())
        .param("answering", !revision.superseded())
        .param("passages", passages)
        .param("language", language)
        .update();
  }

  void failed(IndexedRevision revision, DocumentProblem problem) {
    jdbc.sql(
            """
            update documents.revision
               set state = 'FAILED', problem_code = ?, problem_title = ?, problem_detail = ?
             where id = ?
            """)
        .params(problem.code(), problem.title(), problem.detail(), revision.id())
        .update();
    jdbc.sql("update documents.document set updated_at = ? where id = ?")
        .params(Timestamp.from(clock.instant()), revision.documentId().value())
        .update();
  }
}
