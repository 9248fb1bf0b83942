package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.identity.AccountRecovery;
import io.witan.shared.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class UserCommandIntegrationTests {
  private final Database database = TestDatabase.freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database.appUrl(), database.user(), database.password()));

  @Test
  void letsAPersonBackInWithoutTheServer() {
    jdbc.sql(
            """
            insert into identity.person (id, email, display_name, role, active, created_at)
            values (gen_random_uuid(), 'zoe@example.org', 'Zoe', 'ADMINISTRATOR', false, now())
            """)
        .update();

    try (var services = CommandServices.of(database, Path.of("unused"))) {
      var recovery = services.getBean(AccountRecovery.class);
      var link = recovery.invite("ZOE@example.org");
      boolean changed = recovery.setPassword("zoe@example.org", "a brand new 5 phrase");

      assertThat(link).isPresent();
      assertThat(changed).isTrue();
      assertThat(recovery.invite("nobody@example.org")).isEmpty();
      assertThatThrownBy(() -> recovery.setPassword("zoe@example.org", "short"))
          .isInstanceOf(Failure.class);
    }

    assertThat(
            jdbc.sql("select active and password_hash like '{argon2id}%' from identity.person")
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(jdbc.sql("select action from operations.audit_entry").query(String.class).list())
        .containsExactlyInAnyOrderElementsOf(List.of("person-invited", "password-changed"));
  }
}
