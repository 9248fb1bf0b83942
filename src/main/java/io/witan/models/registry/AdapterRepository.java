package io.witan.models.registry;

import io.witan.identity.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of adapters; callers bring the transaction. */
@Repository
class AdapterRepository {
  private final JdbcClient jdbc;

  AdapterRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<RegisteredAdapter> of(UUID model) {
    return jdbc.sql("select * from models.adapter where model_id = ? order by lower(name)")
        .param(model)
        .query(AdapterRepository::read)
        .list();
  }

  Optional<RegisteredAdapter> find(UUID id) {
    return jdbc.sql("select * from models.adapter where id = ?")
        .param(id)
        .query(AdapterRepository::read)
        .optional();
  }

  /** Whether any model still has an adapter of this content. */
  boolean usesContent(String sha256) {
    return jdbc.sql("select exists (select 1 from models.adapter where sha256 = ?)")
        .param(sha256)
        .query(Boolean.class)
        .single();
  }

  void insert(RegisteredAdapter adapter, @Nullable PersonId by) {
    jdbc.sql(
            """
            insert into models.adapter
              (id, model_id, name, sha256, bytes, file_name, matrices, added_at, added_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(adapter.id())
        .param(adapter.modelId())
        .param(adapter.name())
        .param(adapter.sha256())
        .param(adapter.bytes())
        .param(adapter.fileName())
        .param(adapter.matrices())
        .param(Timestamp.from(adapter.addedAt()))
        .param(by == null ? null : by.value())
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from models.adapter where id = ?").param(id).update();
  }

  private static RegisteredAdapter read(ResultSet row, int number) throws SQLException {
    return new RegisteredAdapter(
        row.getObject("id", UUID.class),
        row.getObject("model_id", UUID.class),
        row.getString("name"),
        row.getString("sha256"),
        row.getLong("bytes"),
        row.getString("file_name"),
        row.getInt("matrices"),
        true,
        row.getTimestamp("added_at").toInstant());
  }
}
