package io.witan.operations.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit log.
 *
 * @param address network address of the request, if there was one
 */
record AuditEntry(
    UUID id,
    Instant at,
    @Nullable Actor actor,
    String action,
    @Nullable AuditSubject subject,
    String detail,
    @Nullable String address) {

  /** Who did it, with the name they had then. */
  record Actor(UUID id, String name) {}

  /** What it was done to, with the name it had then. */
  record AuditSubject(String kind, UUID id, String label) {}

  static AuditEntry of(ResultSet row) throws SQLException {
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
            : new AuditSubject(
                row.getString("subject_kind"), subject, row.getString("subject_label")),
        row.getString("detail"),
        row.getString("address"));
  }
}
