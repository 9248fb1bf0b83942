package io.witan.operations.audit;

import io.witan.shared.Audited;
import io.witan.shared.Cursor;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps who did what, in the transaction that did it.
 *
 * <p>The application's role may add lines and read them, not change or remove them.
 */
@Component
class AuditLog {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Clock clock;

  AuditLog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener
  void keep(Audited event) {
    var entry = event.audited();
    var subject = entry.subject();
    jdbc.sql(
            """
            insert into operations.audit_entry
              (id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_label,
               facts, address)
            values (?, ?, ?, (select display_name from identity.person where id = ?), ?, ?, ?, ?,
                    cast(? as jsonb), ?)
            """)
        .param(UUID.randomUUID())
        .param(Timestamp.from(clock.instant()))
        .param(entry.actor())
        .param(entry.actor())
        .param(entry.action())
        .param(subject == null ? null : subject.kind())
        .param(subject == null ? null : subject.id())
        .param(subject == null ? null : subject.label())
        .param(JSON.writeValueAsString(entry.facts()))
        .param(address())
        .update();
  }

  /** Where the request comes from; null for the command line and background work. */
  private static @Nullable String address() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? request.getRequest().getRemoteAddr()
        : null;
  }

  /** The log, newest first. */
  Page<AuditEntry> list(@Nullable String cursor, int limit) {
    var after = Cursor.parse(cursor, 2);
    var rows =
        jdbc.sql(
                """
                select id, at, actor_id, actor_name, action, subject_kind, subject_id,
                       subject_label, facts, detail, address
                  from operations.audit_entry
                 where :at::timestamptz is null or (at, id) < (:at, :id::uuid)
                 order by at desc, id desc limit :limit
                """)
            .param("at", after == null ? null : Timestamp.from(instant(after.getFirst())))
            .param("id", after == null ? null : uuid(after.getLast()))
            .param("limit", limit + 1)
            .query((row, number) -> AuditEntry.of(row, facts(row.getString("facts"))))
            .list();
    return Page.cut(rows, limit, last -> Cursor.of(last.at(), last.id()));
  }

  private static List<Audited.Fact> facts(String stored) {
    return List.of(JSON.readValue(stored, Audited.Fact[].class));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidInput("cursor", "is not one that this server gave; start without a cursor");
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("cursor", "is not one that this server gave; start without a cursor");
    }
  }
}
