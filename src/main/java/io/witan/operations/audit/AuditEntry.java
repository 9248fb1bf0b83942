package io.witan.operations.audit;

import io.witan.shared.Audited;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit log.
 *
 * @param subject what it was done to, with the name it had then
 * @param facts more about it, each with a stable name; pages put them into words
 * @param detail English words that lines have from before facts were kept, else empty
 * @param address network address of the request, if there was one
 */
record AuditEntry(
    UUID id,
    Instant at,
    @Nullable Actor actor,
    String action,
    Audited.@Nullable Subject subject,
    List<Audited.Fact> facts,
    String detail,
    @Nullable String address) {

  AuditEntry {
    facts = List.copyOf(facts);
  }

  /** Who did it, with the name they had then. */
  record Actor(UUID id, String name) {}

  static AuditEntry of(ResultSet row, List<Audited.Fact> facts) throws SQLException {
    var actor = row.getObject("actor_id", UUID.class);
    var name = row.getString("actor_name");
    var subject = row.getObject("subject_id", UUID.class);
    return new AuditEntry(
        row.getObject("id", UUID.class),
        row.getTimestamp("at").toInstant(),
        actor == null ? null : new Actor(actor, name == null ? "" : name),
        row.getString("action"),
        subject == null
            ? null
            : new Audited.Subject(
                row.getString("subject_kind"), subject, row.getString("subject_label")),
        facts,
        row.getString("detail"),
        row.getString("address"));
  }
}
