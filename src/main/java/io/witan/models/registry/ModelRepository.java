package io.witan.models.registry;

import io.witan.engine.ModelInspection;
import io.witan.identity.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of the registry; callers bring the transaction. */
@Repository
class ModelRepository {
  private final JdbcClient jdbc;

  ModelRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is stored of a model. */
  record Row(
      ModelId id,
      String name,
      String sha256,
      long bytes,
      String fileName,
      String licence,
      String architecture,
      String format,
      long parameters,
      long activeParameters,
      int experts,
      int expertsUsed,
      int contextTokens,
      int vocabulary,
      boolean chatTemplate,
      long cacheBytesPerToken,
      Instant addedAt) {

    Row named(String other) {
      return new Row(
          id,
          other,
          sha256,
          bytes,
          fileName,
          licence,
          architecture,
          format,
          parameters,
          activeParameters,
          experts,
          expertsUsed,
          contextTokens,
          vocabulary,
          chatTemplate,
          cacheBytesPerToken,
          addedAt);
    }

    RegisteredModel model(boolean present, @Nullable BuiltIn builtIn) {
      var memory = ModelInspection.Memory.of(bytes, cacheBytesPerToken, contextTokens);
      return new RegisteredModel(
          id.value(),
          name,
          sha256,
          bytes,
          fileName,
          licence,
          architecture,
          format,
          parameters,
          activeParameters,
          experts,
          expertsUsed,
          contextTokens,
          vocabulary,
          chatTemplate,
          cacheBytesPerToken,
          memory.totalBytes(),
          memory.contextTokens(),
          present,
          addedAt,
          builtIn);
    }
  }

  List<Row> all() {
    return jdbc.sql("select * from models.model order by name").query(ModelRepository::read).list();
  }

  Optional<Row> find(ModelId id) {
    return jdbc.sql("select * from models.model where id = ?")
        .param(id.value())
        .query(ModelRepository::read)
        .optional();
  }

  Optional<Row> named(String name) {
    return jdbc.sql("select * from models.model where lower(name) = lower(?)")
        .param(name)
        .query(ModelRepository::read)
        .optional();
  }

  Optional<Row> withContent(String sha256) {
    return jdbc.sql("select * from models.model where sha256 = ?")
        .param(sha256)
        .query(ModelRepository::read)
        .optional();
  }

  void insert(Row row, @Nullable PersonId by) {
    jdbc.sql(
            """
            insert into models.model
              (id, name, sha256, bytes, file_name, licence, architecture, format, parameters,
               active_parameters, experts, experts_used, context_tokens, vocabulary, chat_template,
               cache_bytes_per_token, added_at, added_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(row.id.value())
        .param(row.name)
        .param(row.sha256)
        .param(row.bytes)
        .param(row.fileName)
        .param(row.licence)
        .param(row.architecture)
        .param(row.format)
        .param(row.parameters)
        .param(row.activeParameters)
        .param(row.experts)
        .param(row.expertsUsed)
        .param(row.contextTokens)
        .param(row.vocabulary)
        .param(row.chatTemplate)
        .param(row.cacheBytesPerToken)
        .param(Timestamp.from(row.addedAt))
        .param(by == null ? null : by.value())
        .update();
  }

  /**
   * @throws ModelActive if it is the one that shall answer
   */
  void deleteInactive(Row row) {
    try {
      delete(row.id());
    } catch (DataIntegrityViolationException referenced) { // by active_model, and nothing else
      throw new ModelActive(row.name());
    }
  }

  void delete(ModelId id) {
    jdbc.sql("delete from models.model where id = ?").param(id.value()).update();
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new ModelId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("sha256"),
        row.getLong("bytes"),
        row.getString("file_name"),
        row.getString("licence"),
        row.getString("architecture"),
        row.getString("format"),
        row.getLong("parameters"),
        row.getLong("active_parameters"),
        row.getInt("experts"),
        row.getInt("experts_used"),
        row.getInt("context_tokens"),
        row.getInt("vocabulary"),
        row.getBoolean("chat_template"),
        row.getLong("cache_bytes_per_token"),
        row.getTimestamp("added_at").toInstant());
  }
}
