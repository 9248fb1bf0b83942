package io.witan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The addresses are of the loopback network, which reaches the server from any of them. */
@WholeApplication
class SignInThrottleIntegrationTests {
  private final Cast cast;

  SignInThrottleIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
  }

  @Test
  void slowsAGuesserDownWithoutLockingTheOwnerOut() {
    cast.member("tina");
    var guesser = ApiClient.browser(cast.port(), "127.0.0.13");
    var answers = new ArrayList<ApiClient.Answer>();
    for (int i = 0; i < 12; i++) {
      answers.add(signIn(guesser, "tina@example.org", "wrong password " + i));
    }

    var refused = answers.getLast();
    var rightButTooLate = signIn(guesser, "tina@example.org", Cast.PASSWORD);
    var owner =
        signIn(ApiClient.browser(cast.port(), "127.0.0.14"), "tina@example.org", Cast.PASSWORD);

    assertThat(answers.getFirst().code()).isEqualTo("wrong-credentials");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("too-many-attempts");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 120);
    assertThat(rightButTooLate.status()).isEqualTo(429);
    assertThat(owner.status()).as(owner.text()).isEqualTo(200);
  }

  @Test
  void countsGuessesAtManyAccountsTogether() {
    var guesser = ApiClient.browser(cast.port(), "127.0.0.15");
    int tries = 0;
    while (tries < 100 && signIn(guesser, "guess-" + tries + "@example.org", "x").status() == 401) {
      tries++;
    }

    assertThat(tries).isBetween(50, 75);
  }

  @Test
  void doesNotTrustForwardedAddresses() {
    cast.member("timo");
    var guesser = ApiClient.browser(cast.port(), "127.0.0.16");
    int status = 0;
    for (int i = 0; i < 12; i++) {
      status =
          guesser
              .send(
                  "POST",
                  "/api/v1/session",
                  Map.of("email", "timo@example.org", "password", "wrong"),
                  Map.of("X-Forwarded-For", "10.0.0." + i, "Forwarded", "for=10.0.0." + i))
              .status();
    }

    assertThat(status).isEqualTo(429);
  }

  @Test
  void doesNotCountSuccesses() {
    cast.member("tom");
    for (int i = 0; i < 15; i++) {
      assertThat(
              signIn(ApiClient.browser(cast.port(), "127.0.0.17"), "tom@example.org", Cast.PASSWORD)
                  .status())
          .isEqualTo(200);
    }
  }

  private static ApiClient.Answer signIn(ApiClient browser, String email, String password) {
    return browser.post("/api/v1/session", Map.of("email", email, "password", password));
  }
}
