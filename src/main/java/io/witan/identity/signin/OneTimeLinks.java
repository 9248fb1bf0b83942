package io.witan.identity.signin;

import io.witan.identity.PersonId;
import io.witan.identity.Secrets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Links that work once: their 256-bit token is given out, only its SHA-256 is stored. */
@Component
public class OneTimeLinks {

  enum Purpose {
    SETUP,
    INVITATION
  }

  /** A token that was just made, and how long it works. */
  public record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[" + expiresAt + "]";
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;

  OneTimeLinks(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Makes an invitation, which replaces the person's earlier ones; joins the transaction. */
  public Issued invite(PersonId person, Duration lifetime) {
    return issue(Purpose.INVITATION, person, lifetime);
  }

  /** Makes the invitations of a person useless; joins the transaction. */
  public void revoke(PersonId person) {
    jdbc.sql("delete from identity.one_time_link where person_id = ?")
        .param(person.value())
        .update();
  }

  Issued setUp(Duration lifetime) {
    return issue(Purpose.SETUP, null, lifetime);
  }

  private Issued issue(Purpose purpose, @Nullable PersonId person, Duration lifetime) {
    var now = clock.instant();
    var id = person == null ? null : person.value();
    jdbc.sql(
            """
            delete from identity.one_time_link
             where purpose = ? and person_id is not distinct from ?::uuid
            """)
        .param(purpose.name())
        .param(id)
        .update();
    var token = Secrets.token();
    var expiresAt = now.plus(lifetime);
    jdbc.sql(
            """
            insert into identity.one_time_link (token_hash, purpose, person_id, created_at, expires_at)
            values (?, ?, ?, ?, ?)
            """)
        .param(Secrets.hash(token))
        .param(purpose.name())
        .param(id)
        .param(Timestamp.from(now))
        .param(Timestamp.from(expiresAt))
        .update();
    return new Issued(token, expiresAt);
  }

  /** Uses up a set-up token; false if it does not work, or no longer. */
  boolean useSetUp(String token) {
    return jdbc.sql(
                """
                update identity.one_time_link set used_at = :now
                 where token_hash = :hash and purpose = 'SETUP' and used_at is null and expires_at > :now
                """)
            .param("now", Timestamp.from(clock.instant()))
            .param("hash", Secrets.hash(token))
            .update()
        == 1;
  }

  /** Uses up an invitation; empty if it does not work, or no longer. */
  Optional<PersonId> useInvitation(String token) {
    return jdbc.sql(
            """
            update identity.one_time_link set used_at = :now
             where token_hash = :hash and purpose = 'INVITATION' and used_at is null
               and expires_at > :now
            returning person_id
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("hash", Secrets.hash(token))
        .query((row, number) -> new PersonId(row.getObject(1, UUID.class)))
        .optional();
  }
}
