package io.witan.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeApplication
@ExtendWith(OutputCaptureExtension.class)
class FetchTokensRestIntegrationTests {
  private static final String PATH = "/api/v1/models/fetch-tokens";
  private static final String HOST = "rest.example:8443";
  private static final String TOKEN = "hf_rest_secret_4711";

  @TempDir private Path folder;
  @Autowired private ApplicationContext context;
  @Autowired private FetchTokens tokens;
  @Autowired private JdbcClient jdbc;
  private Cast cast;
  private ApiClient administrator;

  @BeforeEach
  void start() {
    cast = Cast.of(context);
    administrator = cast.administrator();
    forgetAll();
  }

  /** Other tests share the database. */
  @AfterEach
  void forgetAll() {
    tokens.all().forEach(stored -> tokens.remove(null, stored.host()));
  }

  private static Map<String, String> body(String host, String token) {
    return Map.of("host", host, "token", token);
  }

  private List<String> listed() {
    var answer = administrator.get(PATH);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().path("items").valueStream().map(it -> it.path("host").asString()).toList();
  }

  @Test
  void storesReplacesAndForgetsAndTellsNoToken(CapturedOutput output) {
    var stored = administrator.put(PATH, body("REST.example:8443", TOKEN));
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    assertThat(stored.json().path("host").asString()).isEqualTo(HOST);
    assertThat(stored.json().propertyNames()).containsExactlyInAnyOrder("host", "storedAt");
    var first = stored.json().path("storedAt").asString();
    var listed = administrator.get(PATH);
    assertThat(listed.json().path("items").get(0).path("storedAt").asString()).isEqualTo(first);

    var replaced = administrator.put(PATH, body(HOST, TOKEN + "_2"));
    assertThat(replaced.json().path("storedAt").asString()).isGreaterThan(first);
    assertThat(listed()).containsExactly(HOST);
    var audit = administrator.get("/api/v1/audit?limit=20");

    assertThat(administrator.delete(PATH + "?host=" + HOST).status()).isEqualTo(204);
    assertThat(listed()).isEmpty();
    assertThat(administrator.delete(PATH + "?host=" + HOST).code())
        .isEqualTo("fetch-token-not-found");
    assertThat(List.of(stored.text(), listed.text(), replaced.text(), audit.text()))
        .noneMatch(text -> text.contains(TOKEN));
    assertThat(output).doesNotContain(TOKEN);
  }

  @Test
  void itIsAuditedWithWhoDidIt() {
    var id = cast.id("ada");

    administrator.put(PATH, body("audited.example", TOKEN));
    administrator.delete(PATH + "?host=audited.example");

    assertThat(
            jdbc.sql(
                    "select action from operations.audit_entry"
                        + " where facts::text like '%audited.example%' and actor_id = ?::uuid")
                .param(id)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("fetch-token-stored", "fetch-token-removed");
  }

  @Test
  void othersMayNot() {
    var member = cast.member("mona");
    administrator.put(PATH, body(HOST, TOKEN));

    for (var answer :
        List.of(
            member.get(PATH),
            member.put(PATH, body("mona.example", TOKEN)),
            member.delete(PATH + "?host=" + HOST))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("not-allowed");
      assertThat(answer.text()).doesNotContain("rest.example");
    }
    assertThat(ApiClient.browser(cast.port()).get(PATH).status()).isEqualTo(401);
    assertThat(listed()).containsExactly(HOST);
  }

  @Test
  void whatIsNoHostOrNoTokenIsRefusedWithoutRepeatingIt(CapturedOutput output) {
    for (var wrong :
        List.of(
            body("https://rest.example", TOKEN),
            body("rest.example/path", TOKEN),
            body("ann:pass@rest.example", TOKEN),
            body("", TOKEN),
            body(HOST, "two words " + TOKEN),
            body(HOST, " "))) {
      var answer = administrator.put(PATH, wrong);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid-input");
      assertThat(answer.text()).doesNotContain(TOKEN).doesNotContain("pass@");
    }
    assertThat(administrator.delete(PATH).status()).isEqualTo(400);
    assertThat(listed()).isEmpty();
    assertThat(output).doesNotContain(TOKEN);
  }

  @Test
  void itsHostIsShownItWhenAModelIsFetched() throws Exception {
    var keys = SecureServer.keys(folder);
    try (var server = new SecureServer(keys, new byte[] {1, 2, 3});
        var other = new SecureServer(keys, new byte[] {4})) {
      administrator.put(PATH, body(server.host(), TOKEN));
      var settings =
          new FetchSettings(
              List.of(server.host(), other.host()),
              null,
              Duration.ofSeconds(5),
              0,
              Duration.ofMillis(1));
      var fetcher = new Fetcher(settings, Dns.SYSTEM, tokens::find, SecureServer.trusting(keys));

      fetch(fetcher, server.url());
      fetch(fetcher, other.url());

      assertThat(server.asked().getFirst().get("Authorization")).containsExactly("Bearer " + TOKEN);
      assertThat(other.asked().getFirst()).doesNotContainKey("Authorization");
      administrator.delete(PATH + "?host=" + server.host());
      fetch(fetcher, server.url());
      assertThat(server.asked().getLast()).doesNotContainKey("Authorization");
    }
  }

  private void fetch(Fetcher fetcher, String url) throws Exception {
    fetcher
        .download(FetchAddress.of(url))
        .attempt(
            folder.resolve("fetched"),
            null,
            new Receiver() {
              @Override
              public void begins(long offset, long total, @Nullable String validator) {}

              @Override
              public void received(long bytes) {}
            });
  }
}
