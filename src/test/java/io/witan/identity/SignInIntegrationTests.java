package io.witan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@WholeApplication
class SignInIntegrationTests {
  private final Cast cast;
  private final SetupLinks setup;

  SignInIntegrationTests(@Autowired ApplicationContext context, @Autowired SetupLinks setup) {
    this.cast = Cast.of(context);
    this.setup = setup;
  }

  @Test
  void setsUpTheFirstAdministratorOnlyOnce() {
    var status = cast.nobody().get("/api/v1/setup");
    var again =
        cast.nobody()
            .post(
                "/api/v1/setup",
                Map.of(
                    "token", "no-token",
                    "email", "eve@example.org",
                    "displayName", "Eve",
                    "password", Cast.PASSWORD));

    assertThat(status.json().path("required").asBoolean()).isFalse();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("setup-done");
    assertThat(setup.issue()).isEmpty();
  }

  @Test
  void signsInAndOut() {
    cast.member("bob");
    var browser = cast.nobody();

    var signedIn = signIn(browser, "BOB@example.org", Cast.PASSWORD);
    var me = browser.get("/api/v1/session");
    var signedOut = browser.delete("/api/v1/session");
    var after = browser.get("/api/v1/session");

    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
    assertThat(me.json().path("email").asString()).isEqualTo("bob@example.org");
    assertThat(signedOut.status()).isEqualTo(204);
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.code()).isEqualTo("not-signed-in");
  }

  @Test
  void tellsNothingAboutUnknownPeople() {
    cast.member("carol");

    var wrong = signIn(cast.nobody(), "carol@example.org", "not the password");
    var unknown = signIn(cast.nobody(), "nobody@example.org", "not the password");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo("wrong-credentials");
    assertThat(withoutRequestId(unknown)).isEqualTo(withoutRequestId(wrong));
  }

  @Test
  void startsANewSessionSoThatAPlantedOneIsWorthless() {
    cast.member("dora");
    var attacker = cast.nobody();
    signIn(attacker, "dora@example.org", Cast.PASSWORD);
    var planted = attacker.cookie("WITAN_SESSION");
    var csrf = attacker.cookie("XSRF-TOKEN");

    signIn(attacker, "dora@example.org", Cast.PASSWORD);

    assertThat(attacker.cookie("WITAN_SESSION")).isNotEmpty().isNotEqualTo(planted);
    assertThat(attacker.cookie("XSRF-TOKEN")).isNotEmpty().isNotEqualTo(csrf);
    var old = cast.nobody();
    old.plant("WITAN_SESSION", planted);
    assertThat(old.get("/api/v1/session").status()).isEqualTo(401);
  }

  private static ApiClient.Answer signIn(ApiClient browser, String email, String password) {
    return browser.post("/api/v1/session", Map.of("email", email, "password", password));
  }

  private static String withoutRequestId(ApiClient.Answer answer) {
    return answer.text().replaceAll("\"requestId\":\"[^\"]*\"", "");
  }
}
