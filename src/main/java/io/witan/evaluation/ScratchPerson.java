package io.witan.evaluation;

import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Somebody to ask as, in a scratch database: an account that nobody can sign in to. */
@Component
public class ScratchPerson {
  private final JdbcClient jdbc;
  private final Clock clock;

  ScratchPerson(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A new administrator without a password. */
  public AccessScope create() {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into identity.person (id, email, display_name, role, created_at)
            values (?, ?, 'Evaluation', 'ADMINISTRATOR', ?)
            """)
        .params(id, id + "@evaluation.invalid", Timestamp.from(clock.instant()))
        .update();
    return AccessScope.of(new PersonId(id), true);
  }
}
