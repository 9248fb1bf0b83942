package io.witan.models.intake;

import io.witan.identity.PersonId;
import io.witan.models.intake.IncomingModel.Kind;
import io.witan.models.intake.IncomingModel.Problem;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.ModelRegistry;
import io.witan.shared.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of the files on their way; each statement stands for itself or joins a transaction. */
@Repository
public class IncomingRepository {
  private final JdbcClient jdbc;
  private final Clock clock;

  IncomingRepository(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  List<IncomingRow> all() {
    return jdbc.sql("select * from models.incoming order by created_at, id")
        .query(IncomingRepository::read)
        .list();
  }

  public Optional<IncomingRow> find(UUID id) {
    return jdbc.sql("select * from models.incoming where id = ?")
        .param(id)
        .query(IncomingRepository::read)
        .optional();
  }

  void insert(IncomingRow row) {
    jdbc.sql(
            """
            insert into models.incoming
              (id, kind, store, url, file_name, name, licence, sha256, total_bytes, received_bytes,
               validator, state, created_at, created_by, changed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(row.id())
        .param(row.kind().name())
        .param(row.store())
        .param(row.url())
        .param(row.fileName())
        .param(row.wanted().name())
        .param(row.wanted().licence())
        .param(row.wanted().sha256())
        .param(row.totalBytes())
        .param(row.receivedBytes())
        .param(row.validator())
        .param(row.state().name())
        .param(Timestamp.from(row.createdAt()))
        .param(row.by() == null ? null : row.by().value())
        .param(Timestamp.from(row.changedAt()))
        .update();
  }

  /** What the other side says of the file. */
  void begins(UUID id, @Nullable Long total, long received, @Nullable String validator) {
    jdbc.sql(
            """
            update models.incoming
               set total_bytes = ?, received_bytes = ?, validator = ?, changed_at = ?
             where id = ?
            """)
        .param(total)
        .param(received)
        .param(validator)
        .param(Timestamp.from(now()))
        .param(id)
        .update();
  }

  /** A sign of life; false if somebody discarded it. */
  public boolean received(UUID id, long bytes) {
    return jdbc.sql("update models.incoming set received_bytes = ?, changed_at = ? where id = ?")
            .param(bytes)
            .param(Timestamp.from(now()))
            .param(id)
            .update()
        > 0;
  }

  /** Into a state without a problem; false if somebody discarded it. */
  public boolean becomes(UUID id, State state) {
    return jdbc.sql(
                """
                update models.incoming
                   set state = ?, problem_code = null, problem_title = null, problem_detail = null,
                       changed_at = ?
                 where id = ?
                """)
            .param(state.name())
            .param(Timestamp.from(now()))
            .param(id)
            .update()
        > 0;
  }

  void fails(UUID id, Failure failure, long received) {
    jdbc.sql(
            """
            update models.incoming
               set state = 'FAILED', problem_code = ?, problem_title = ?, problem_detail = ?,
                   received_bytes = ?, changed_at = ?
             where id = ?
            """)
        .param(failure.code())
        .param(failure.title())
        .param(failure.detail())
        .param(received)
        .param(Timestamp.from(now()))
        .param(id)
        .update();
  }

  /** A model now; whatever key its address held is forgotten. */
  void done(UUID id, UUID model) {
    jdbc.sql(
            """
            update models.incoming
               set state = 'DONE', model_id = ?, url = split_part(url, '?', 1), validator = null,
                   changed_at = ?
             where id = ?
            """)
        .param(model)
        .param(Timestamp.from(now()))
        .param(id)
        .update();
  }

  boolean delete(UUID id) {
    return jdbc.sql("delete from models.incoming where id = ?").param(id).update() > 0;
  }

  private static IncomingRow read(ResultSet row, int number) throws SQLException {
    var code = row.getString("problem_code");
    var by = row.getObject("created_by", UUID.class);
    return new IncomingRow(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("kind")),
        row.getObject("store", UUID.class),
        row.getString("url"),
        row.getString("file_name"),
        new ModelRegistry.Wanted(
            row.getString("name"), row.getString("licence"), row.getString("sha256")),
        row.getObject("total_bytes", Long.class),
        row.getLong("received_bytes"),
        row.getString("validator"),
        State.valueOf(row.getString("state")),
        code == null
            ? null
            : new Problem(code, row.getString("problem_title"), row.getString("problem_detail")),
        row.getObject("model_id", UUID.class),
        row.getTimestamp("created_at").toInstant(),
        by == null ? null : new PersonId(by),
        row.getTimestamp("changed_at").toInstant());
  }
}
