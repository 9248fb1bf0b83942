package io.witan.identity.people;

import io.witan.identity.PersonId;
import io.witan.identity.Role;
import io.witan.shared.Cursor;
import io.witan.shared.LikePattern;
import io.witan.shared.Page;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes accounts; decides nothing. */
@Repository
public class Accounts {
  private static final String SELECT =
      """
      select id, email, display_name, role, password_hash, language, active, created_at, last_sign_in_at
        from identity.person
      """;

  private static final RowMapper<Account> ACCOUNT =
      (row, number) -> {
        var lastSignIn = row.getTimestamp("last_sign_in_at");
        return new Account(
            new PersonId(row.getObject("id", UUID.class)),
            row.getString("email"),
            row.getString("display_name"),
            Role.valueOf(row.getString("role")),
            row.getString("password_hash"),
            row.getString("language"),
            row.getBoolean("active"),
            row.getTimestamp("created_at").toInstant(),
            lastSignIn == null ? null : lastSignIn.toInstant());
      };

  private final JdbcClient jdbc;

  Accounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Account> find(PersonId id) {
    return jdbc.sql(SELECT + " where id = ?").param(id.value()).query(ACCOUNT).optional();
  }

  public Optional<Account> findByEmail(String email) {
    return jdbc.sql(SELECT + " where lower(email) = lower(?)")
        .param(email.strip())
        .query(ACCOUNT)
        .optional();
  }

  /** People whose name or e-mail contains the text, by name. */
  public Page<Account> list(String query, @Nullable String cursor, int limit) {
    var after = Cursor.parse(cursor, 2);
    var rows =
        jdbc.sql(
                SELECT
                    + """
                     where (display_name ilike :pattern or email ilike :pattern)
                       and (:name::text is null or (lower(display_name), id::text) > (:name, :id))
                     order by lower(display_name), id::text limit :limit
                    """)
            .param("pattern", "%" + LikePattern.escape(query.strip()) + "%")
            .param("name", after == null ? null : after.getFirst())
            .param("id", after == null ? null : after.getLast())
            .param("limit", limit + 1)
            .query(ACCOUNT)
            .list();
    return Page.cut(rows, limit, last -> Cursor.of(lowerOf(last), last.id()));
  }

  /** The database's own lower case, so that the cursor compares as the order does. */
  private String lowerOf(Account account) {
    return jdbc.sql("select lower(?)").param(account.displayName()).query(String.class).single();
  }

  /**
   * Stores a new account.
   *
   * @throws EmailTaken if another account has the e-mail, in whatever case
   */
  public void insert(Account account) {
    try {
      jdbc.sql(
              """
              insert into identity.person
                (id, email, display_name, role, password_hash, language, active, created_at)
              values (?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              List.of(
                  account.id().value(),
                  account.email(),
                  account.displayName(),
                  account.role().name()))
          .param(account.passwordHash())
          .param(account.language())
          .param(account.active())
          .param(Timestamp.from(account.createdAt()))
          .update();
    } catch (DuplicateKeyException taken) {
      throw new EmailTaken(account.email());
    }
  }

  /** Stores name, role, language and whether the account is active. */
  public void update(Account account) {
    jdbc.sql(
            """
            update identity.person set display_name = ?, role = ?, language = ?, active = ?
             where id = ?
            """)
        .param(account.displayName())
        .param(account.role().name())
        .param(account.language())
        .param(account.active())
        .param(account.id().value())
        .update();
  }

  public void setPasswordHash(PersonId id, String hash) {
    jdbc.sql("update identity.person set password_hash = ? where id = ?")
        .param(hash)
        .param(id.value())
        .update();
  }

  public void setLastSignIn(PersonId id, Instant at) {
    jdbc.sql("update identity.person set last_sign_in_at = ? where id = ?")
        .param(Timestamp.from(at))
        .param(id.value())
        .update();
  }

  /** Whether somebody can sign in as an administrator. */
  public boolean administratorExists() {
    return jdbc.sql(
            """
            select exists (select 1 from identity.person
                            where role = 'ADMINISTRATOR' and active and password_hash is not null)
            """)
        .query(Boolean.class)
        .single();
  }

  /** Administrators who can sign in, locked until the transaction ends. */
  public List<PersonId> lockAdministrators() {
    return jdbc.sql(
            """
            select id from identity.person
             where role = 'ADMINISTRATOR' and active and password_hash is not null
             order by id for update
            """)
        .query((row, number) -> new PersonId(row.getObject(1, UUID.class)))
        .list();
  }

  /** Serialises what may happen only once in an installation, until the transaction ends. */
  public void lockSetup() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('witan.setup'))")
        .query((row, number) -> true)
        .single();
  }
}
