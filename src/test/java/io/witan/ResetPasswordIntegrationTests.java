package io.witan;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine;

/** {@code witan user reset-password --password}, typed in as a person does. */
class ResetPasswordIntegrationTests {
  private static final String GOOD = "a brand new 5 phrase";

  private final Database database = TestDatabase.freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database.appUrl(), database.user(), database.password()));
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void zoeHasAnAccount() {
    jdbc.sql(
            """
            insert into identity.person (id, email, display_name, role, active, created_at)
            values (gen_random_uuid(), 'zoe@example.org', 'Zoe', 'ADMINISTRATOR', false, now())
            """)
        .update();
  }

  @Test
  void asksTwiceWithoutShowingAndChangesThePassword() {
    var keyboard = new Typing(GOOD, GOOD);

    int status = run(keyboard, "ZOE@example.org", "--password");

    assertThat(status).as(said.toString()).isZero();
    assertThat(keyboard.prompts).containsExactly("New password: ", "Again: ");
    assertThat(said.toString()).contains("is changed").doesNotContain(GOOD);
    assertThat(passwordHash()).startsWith("{argon2id}");
    assertThat(keyboard.given).allSatisfy(typed -> assertThat(typed).containsOnly(' '));
  }

  @Test
  void changesNothingWhenTheTwoDiffer() {
    int status = run(new Typing(GOOD, GOOD + "!"), "zoe@example.org", "--password");

    assertThat(status).isEqualTo(Witan.FAILED);
    assertThat(said.toString()).contains("differ").doesNotContain(GOOD);
    assertThat(passwordHash()).isEmpty();
  }

  @Test
  void changesNothingWhenThePasswordIsWeak() {
    int status = run(new Typing("short1", "short1"), "zoe@example.org", "--password");

    assertThat(status).isEqualTo(Witan.FAILED);
    assertThat(said.toString()).contains("Nothing was changed").doesNotContain("short1");
    assertThat(passwordHash()).isEmpty();
  }

  @Test
  void changesNothingWhenInputEnds() {
    assertThat(run(new Typing(GOOD), "zoe@example.org", "--password")).isEqualTo(Witan.FAILED);
    assertThat(passwordHash()).isEmpty();
  }

  @Test
  void saysAtOnceThatThereIsNoSuchAccount() {
    var keyboard = new Typing(GOOD, GOOD);

    int status = run(keyboard, "nobody@example.org", "--password");

    assertThat(status).isEqualTo(Witan.FAILED);
    assertThat(said.toString()).contains("no account with the e-mail nobody@example.org");
    assertThat(keyboard.prompts).isEmpty();
  }

  @Test
  void takesTheFirstLineOfWhatIsPipedIn() {
    var piped =
        new Keyboard() {
          @Override
          public boolean isTerminal() {
            return false;
          }

          @Override
          public char @Nullable [] readUnseen(String prompt) {
            throw new AssertionError("nobody is there to be asked");
          }

          @Override
          public String readLine() {
            return GOOD;
          }
        };

    assertThat(run(piped, "zoe@example.org", "--password")).as(said.toString()).isZero();
    assertThat(passwordHash()).startsWith("{argon2id}");
  }

  @Test
  void makesALinkWithoutAskingForAnything() {
    var keyboard = new Typing();

    assertThat(run(keyboard, "zoe@example.org")).as(said.toString()).isZero();
    assertThat(said.toString()).containsPattern("/invite#\\S{20,}");
    assertThat(keyboard.prompts).isEmpty();
    assertThat(passwordHash()).isEmpty();
  }

  private int run(Keyboard keyboard, String... arguments) {
    var environment =
        Map.of(
            "WITAN_DB_URL", database.jdbcUrl(),
            "WITAN_DB_USER", database.user(),
            "WITAN_DB_PASSWORD", database.password());
    var writer = new PrintWriter(said, true);
    var command = new CommandLine(new UserCommand.ResetPassword(keyboard, environment));
    return Witan.withProblems(command).setOut(writer).setErr(writer).execute(arguments);
  }

  private String passwordHash() {
    return jdbc.sql("select coalesce(password_hash, '') from identity.person")
        .query(String.class)
        .single();
  }

  /** A person who types these lines and then is gone. */
  private static final class Typing implements Keyboard {
    private final ArrayDeque<String> lines;
    private final List<String> prompts = new ArrayList<>();
    private final List<char[]> given = new ArrayList<>();

    Typing(String... lines) {
      this.lines = new ArrayDeque<>(List.of(lines));
    }

    @Override
    public boolean isTerminal() {
      return true;
    }

    @Override
    public char @Nullable [] readUnseen(String prompt) {
      prompts.add(prompt);
      var line = lines.poll();
      if (line == null) {
        return null;
      }
      char[] typed = line.toCharArray();
      given.add(typed);
      return typed;
    }

    @Override
    public @Nullable String readLine() {
      throw new AssertionError("a terminal is asked without echo");
    }
  }
}
