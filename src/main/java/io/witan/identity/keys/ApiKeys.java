package io.witan.identity.keys;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentityEvent;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.Secrets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** API keys: a key acts as its person and is worth nothing once revoked, expired or deactivated. */
@Service
public class ApiKeys {
  private static final String PREFIX = "wtn_";
  private static final int SHOWN = PREFIX.length() + 6;
  private static final Duration USE_PRECISION = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ApiKeys(
      JdbcClient jdbc,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /** A new key; the only time its secret is seen. */
  record Created(ApiKey key, String secret) {
    @Override
    public String toString() {
      return "Created[" + key.id() + "]";
    }
  }

  /** Whose key this is, if it works now; notes its use, to the minute. */
  public Optional<PersonId> personOf(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    var now = clock.instant();
    var hash = Secrets.hash(secret);
    var person =
        jdbc.sql(
                """
                select person_id from identity.api_key
                 where secret_hash = ? and revoked_at is null
                   and (expires_at is null or expires_at > ?)
                """)
            .param(hash)
            .param(Timestamp.from(now))
            .query((row, number) -> new PersonId(row.getObject(1, UUID.class)))
            .optional();
    if (person.isPresent()) {
      jdbc.sql(
              """
              update identity.api_key set last_used_at = ?
               where secret_hash = ? and (last_used_at is null or last_used_at < ?)
              """)
          .param(Timestamp.from(now))
          .param(hash)
          .param(Timestamp.from(now.minus(USE_PRECISION)))
          .update();
    }
    return person;
  }

  /** The keys of the person that are not revoked, newest first. */
  List<ApiKey> of(AccessScope scope) {
    return jdbc.sql(
            """
            select id, name, prefix, created_at, last_used_at, expires_at from identity.api_key
             where person_id = ? and revoked_at is null order by created_at desc, id
            """)
        .param(scope.requirePerson().value())
        .query(
            (row, number) ->
                new ApiKey(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("prefix"),
                    row.getTimestamp("created_at").toInstant(),
                    instant(row.getTimestamp("last_used_at")),
                    instant(row.getTimestamp("expires_at"))))
        .list();
  }

  Created create(AccessScope scope, String name, @Nullable Duration lifetime) {
    var person = scope.requirePerson();
    var secret = PREFIX + Secrets.token();
    var now = clock.instant();
    var key =
        new ApiKey(
            UUID.randomUUID(),
            name,
            secret.substring(0, SHOWN),
            now,
            null,
            lifetime == null ? null : now.plus(lifetime));
    return transactions.write(
        scope,
        () -> {
          jdbc.sql(
                  """
                  insert into identity.api_key
                    (id, person_id, name, prefix, secret_hash, created_at, expires_at)
                  values (?, ?, ?, ?, ?, ?, ?)
                  """)
              .param(key.id())
              .param(person.value())
              .param(name)
              .param(key.prefix())
              .param(Secrets.hash(secret))
              .param(Timestamp.from(now))
              .param(key.expiresAt() == null ? null : Timestamp.from(key.expiresAt()))
              .update();
          events.publishEvent(new IdentityEvent.ApiKeyCreated(person, key.id(), name));
          return new Created(key, secret);
        });
  }

  /**
   * Makes one of the person's own keys useless.
   *
   * @throws ApiKeyNotFound if the person has no such key
   */
  void revoke(AccessScope scope, UUID id) {
    var person = scope.requirePerson();
    transactions.run(
        scope,
        () -> {
          var name =
              jdbc.sql(
                      """
                      update identity.api_key set revoked_at = ?
                       where id = ? and person_id = ? and revoked_at is null returning name
                      """)
                  .param(Timestamp.from(clock.instant()))
                  .param(id)
                  .param(person.value())
                  .query(String.class)
                  .optional()
                  .orElseThrow(() -> new ApiKeyNotFound(id.toString()));
          events.publishEvent(new IdentityEvent.ApiKeyRevoked(person, id, name));
        });
  }

  /** Makes all keys of a person useless; joins the transaction. */
  public void revokeAll(PersonId person) {
    jdbc.sql(
            "update identity.api_key set revoked_at = ? where person_id = ? and revoked_at is null")
        .param(Timestamp.from(clock.instant()))
        .param(person.value())
        .update();
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
