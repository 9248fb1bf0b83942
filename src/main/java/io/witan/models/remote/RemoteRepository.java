package io.witan.models.remote;

import io.witan.identity.PersonId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of remote generators; callers bring the transaction. */
@Repository
class RemoteRepository {
  private final JdbcClient jdbc;

  RemoteRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is stored; says nothing of the key when it is written out. */
  record Row(
      UUID id,
      String name,
      RemoteAddress address,
      String model,
      byte @Nullable [] sealedKey,
      int contextTokens,
      Instant addedAt) {
    Row withKey(byte @Nullable [] key) {
      return new Row(id, name, address, model, key, contextTokens, addedAt);
    }

    RemoteGenerator shown() {
      return new RemoteGenerator(
          id,
          name,
          address.toString(),
          address.host(),
          model,
          contextTokens,
          sealedKey != null,
          addedAt);
    }

    @Override
    public String toString() {
      return "remote generator " + id;
    }
  }

  List<Row> all() {
    return jdbc.sql("select * from models.remote_generator order by lower(name)")
        .query(RemoteRepository::read)
        .list();
  }

  Optional<Row> find(UUID id) {
    return jdbc.sql("select * from models.remote_generator where id = ?")
        .param(id)
        .query(RemoteRepository::read)
        .optional();
  }

  /** Of that name, whatever its case. */
  Optional<Row> named(String name) {
    return jdbc.sql("select * from models.remote_generator where lower(name) = lower(?)")
        .param(name)
        .query(RemoteRepository::read)
        .optional();
  }

  /** Holds back other changes of it until the transaction ends. */
  Optional<Row> lock(UUID id) {
    return jdbc.sql("select * from models.remote_generator where id = ? for update")
        .param(id)
        .query(RemoteRepository::read)
        .optional();
  }

  /** Whether it is the one that shall answer. */
  boolean isActive(UUID id) {
    return jdbc.sql("select exists (select from models.active_model where remote_id = ?)")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /** Whether a remote generator or a model of this machine has the name, whatever its case. */
  boolean isTaken(String name) {
    return jdbc.sql(
            """
            select exists (select from models.remote_generator where lower(name) = lower(:name))
                or exists (select from models.model where lower(name) = lower(:name))
            """)
        .param("name", name)
        .query(Boolean.class)
        .single();
  }

  void insert(Row row, @Nullable PersonId by) {
    jdbc.sql(
            """
            insert into models.remote_generator
                   (id, name, address, model, sealed_key, context_tokens, added_at, added_by)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(row.id)
        .param(row.name)
        .param(row.address.toString())
        .param(row.model)
        .param(row.sealedKey)
        .param(row.contextTokens)
        .param(Timestamp.from(row.addedAt))
        .param(by == null ? null : by.value())
        .update();
  }

  void update(Row row) {
    jdbc.sql(
            """
            update models.remote_generator
               set name = ?, address = ?, model = ?, sealed_key = ?, context_tokens = ?
             where id = ?
            """)
        .param(row.name)
        .param(row.address.toString())
        .param(row.model)
        .param(row.sealedKey)
        .param(row.contextTokens)
        .param(row.id)
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from models.remote_generator where id = ?").param(id).update();
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("name"),
        new RemoteAddress(URI.create(row.getString("address"))),
        row.getString("model"),
        row.getBytes("sealed_key"),
        row.getInt("context_tokens"),
        row.getTimestamp("added_at").toInstant());
  }
}
