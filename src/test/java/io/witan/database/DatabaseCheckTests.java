package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The start-up check of a database that somebody else runs. */
class DatabaseCheckTests {
  private static StateDirectory state;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void startAServerWithoutRoles() {
    state = StateDirectory.open(TestDatabase.reachableDirectory("check"));
    var settings = new ServerSettings(0, 32, 32, 20, false);
    server = EmbeddedPostgres.start(state, settings, line -> {});
  }

  @AfterAll
  static void stopIt() {
    server.close();
    state.close();
  }

  @Test
  void printsExactlyTheSqlThatIsMissingAndIsContentOnceItHasBeenRun() throws SQLException {
    superuser("postgres", "CREATE ROLE \"o'dd login\" LOGIN PASSWORD 'pw'");
    superuser("postgres", "CREATE DATABASE elsewhere");
    String url = "jdbc:postgresql://127.0.0.1:" + server.address().port() + "/elsewhere";
    var database = new Database(url, "o'dd login", "pw");

    String everything = missing(database);
    assertThat(everything)
        .contains("connected to the database elsewhere")
        .contains("CREATE ROLE witan_owner NOLOGIN;")
        .contains("CREATE EXTENSION vector;")
        .contains("GRANT witan_app TO \"o'dd login\" WITH INHERIT FALSE, SET TRUE;")
        .doesNotContain("CREATE ROLE \"o'dd login\"");
    superuser("elsewhere", sqlOf(everything));
    Database checked = DatabaseCheck.check(database);
    assertThatCode(() -> Migrations.ofWitan().migrate(checked)).doesNotThrowAnyException();

    superuser("elsewhere", "REVOKE witan_app FROM \"o'dd login\"");
    superuser("elsewhere", "ALTER ROLE witan_app BYPASSRLS");
    String rest = missing(database);
    assertThat(sqlOf(rest))
        .isEqualTo(
            """
            ALTER ROLE witan_app NOSUPERUSER NOBYPASSRLS;
            ALTER ROLE witan_owner NOSUPERUSER NOBYPASSRLS;
            GRANT witan_app TO "o'dd login" WITH INHERIT FALSE, SET TRUE;""");
    superuser("elsewhere", sqlOf(rest));
    assertThatCode(() -> DatabaseCheck.check(database)).doesNotThrowAnyException();
  }

  @Test
  void printsAllOfTheSqlWhereTheLoginDoesNotExistYet() throws SQLException {
    superuser("postgres", "CREATE DATABASE bare");
    String url = "jdbc:postgresql://127.0.0.1:" + server.address().port() + "/bare?ssl=false";
    var database = new Database(url, "new login", "choose-a-password");

    String everything = missing(database);

    assertThat(everything)
        .contains("Check WITAN_DB_URL, WITAN_DB_USER and WITAN_DB_PASSWORD")
        .contains("connected to the database bare")
        .contains("CREATE ROLE \"new login\" LOGIN PASSWORD 'choose-a-password';")
        .contains("CREATE EXTENSION vector;");
    // its first statement; the roles of the rest may be there from another test
    superuser("bare", sqlOf(everything).lines().findFirst().orElseThrow());
    superuser("bare", sqlOf(missing(database)));
    assertThatCode(() -> DatabaseCheck.check(database)).doesNotThrowAnyException();
  }

  @Test
  void namesTheVariablesWhenNobodyAnswers() {
    var environment =
        Map.of(
            "WITAN_DB_URL", "jdbc:postgresql://127.0.0.1:1/none",
            "WITAN_DB_USER", "somebody",
            "WITAN_DB_PASSWORD", "secret-word");

    assertThatThrownBy(() -> OpenDatabase.forCommand(state.path(), environment, line -> {}).close())
        .isInstanceOf(DatabaseProblem.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none as somebody")
        .hasMessageContaining("WITAN_DB_PASSWORD")
        .hasMessageNotContaining("secret-word");
  }

  private static String missing(Database database) {
    var problem = catchThrowableOfType(DatabaseProblem.class, () -> DatabaseCheck.check(database));
    assertThat(problem).isNotNull();
    return problem.getMessage() + "";
  }

  /** What a person would paste: the text after the first empty line. */
  private static String sqlOf(String message) {
    return message.substring(message.indexOf("\n\n") + 2).strip();
  }

  private static void superuser(String database, String sql) throws SQLException {
    try (var connection = server.address().superuser(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
