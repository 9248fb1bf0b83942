package io.witan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import io.witan.WitanApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

@WholeApplication
class HttpEdgeIntegrationTests {
  private final Cast cast;
  private final ApplicationContext context;

  HttpEdgeIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
    this.context = context;
  }

  @Test
  void refusesChangesWithoutCsrfTokenFromASession() {
    var browser = cast.member("una");

    var without =
        browser.send("PATCH", "/api/v1/me", Map.of("displayName", "x"), Map.of("X-XSRF-TOKEN", ""));
    var wrong =
        browser.send(
            "PATCH", "/api/v1/me", Map.of("displayName", "x"), Map.of("X-XSRF-TOKEN", "guess"));
    var withHollowKey =
        browser.send(
            "PATCH",
            "/api/v1/me",
            Map.of("displayName", "x"),
            Map.of("X-XSRF-TOKEN", "", "Authorization", "Bearer wtn_nothing"));

    assertThat(List.of(without.status(), wrong.status())).containsOnly(403);
    assertThat(List.of(without.code(), wrong.code())).containsOnly("csrf-token-missing");
    assertThat(withHollowKey.status()).isEqualTo(401);
  }

  @Test
  void tellsBrowsersToLoadNothingFromElsewhere() {
    var headers = cast.nobody().get("/api/v1/setup");

    assertThat(headers.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "img-src 'self'")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
        .doesNotContain("http", "*", "unsafe-eval", "data:");
    assertThat(headers.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(headers.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(headers.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(headers.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(headers.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(headers.header("Permissions-Policy")).contains("camera=()");
    assertThat(headers.header("Cache-Control")).contains("no-store");
  }

  @Test
  void hidesTheSessionCookieFromScripts() {
    cast.member("vera");
    var answer =
        cast.nobody()
            .post(
                "/api/v1/session", Map.of("email", Cast.email("vera"), "password", Cast.PASSWORD));
    var cookies = answer.headers().allValues("Set-Cookie");

    assertThat(cookies)
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .contains("WITAN_SESSION=", "HttpOnly", "SameSite=Lax", "Path=/"));
    assertThat(cookies)
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .contains("XSRF-TOKEN=", "SameSite=Lax")
                    .doesNotContain("HttpOnly"));
  }

  @Test
  void namesEveryRequestAndBelievesOnlyPlainNames() {
    var own = cast.nobody().get("/api/v1/session");
    var given =
        cast.nobody().send("GET", "/api/v1/session", null, Map.of("X-Request-Id", "proxy-17"));
    var forged =
        cast.nobody()
            .send("GET", "/api/v1/session", null, Map.of("X-Request-Id", "x\tlevel=ERROR fake"));

    assertThat(own.header("X-Request-Id"))
        .isNotEmpty()
        .isEqualTo(own.json().path("requestId").asString());
    assertThat(given.json().path("requestId").asString()).isEqualTo("proxy-17");
    assertThat(forged.header("X-Request-Id")).doesNotContain("fake").isNotEmpty();
  }

  @Test
  void answersWhatItCannotUseWithProblems() {
    var browser = cast.member("wim");
    var codes = new HashMap<String, String>();
    codes.put("no such address", browser.get("/api/v1/no-such-thing").code());
    codes.put("bad id", browser.get("/api/v1/collections/17").code());
    codes.put("bad method", browser.delete("/api/v1/setup").code());
    codes.put("bad field", browser.post("/api/v1/collections", Map.of("name", " ")).code());
    codes.put("bad json", browser.post("/api/v1/collections", List.of(1)).code());
    codes.put(
        "bad type",
        browser
            .send("POST", "/api/v1/collections", "x", Map.of("Content-Type", "text/plain"))
            .code());

    assertThat(codes)
        .isEqualTo(
            Map.of(
                "no such address", "not-found",
                "bad id", "invalid-input",
                "bad method", "method-not-allowed",
                "bad field", "invalid-input",
                "bad json", "invalid-input",
                "bad type", "unsupported-media-type"));
  }

  @Test
  void namesTheFieldButNeverRepeatsItsValue() {
    var answer =
        cast.nobody()
            .post(
                "/api/v1/session", Map.of("email", Map.of("a", "hunter2secret"), "password", "x"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("field").asString()).isEqualTo("email");
    assertThat(answer.text()).doesNotContain("hunter2secret");
  }

  @Test
  void opensHealthToEveryoneAndTheRestToAdministrators() {
    assertThat(cast.nobody().get("/actuator/health").status()).isEqualTo(200);
    assertThat(cast.nobody().get("/actuator/health").text()).doesNotContain("components");
    assertThat(cast.nobody().get("/actuator/prometheus").status()).isEqualTo(401);
    assertThat(cast.member("xena").get("/actuator/prometheus").status()).isEqualTo(403);
    assertThat(cast.administrator().get("/actuator/prometheus").text()).contains("jvm_");
    assertThat(cast.programOf(cast.administrator()).get("/actuator/prometheus").status())
        .isEqualTo(200);
    assertThat(cast.administrator().get("/actuator/env").status()).isEqualTo(404);
  }

  @Test
  void isReadyForQuestionsWhateverBecomesOfTheExtractionWorkers() {
    assertThat(context.getBean(HealthEndpointGroups.class).get("readiness"))
        .isNotNull()
        .satisfies(
            readiness -> {
              assertThat(readiness.isMember("readinessState")).isTrue();
              assertThat(readiness.isMember("extractionWorker")).isFalse();
            });
    assertThat(cast.nobody().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(
            cast.administrator()
                .get("/actuator/health")
                .json()
                .path("components")
                .path("extractionWorker")
                .path("status")
                .asString())
        .isIn("UP", "UNKNOWN");
  }

  @Test
  void sessionsSurviveARestart() {
    var browser = cast.member("yara");
    var environment = context.getEnvironment();
    var properties = new HashMap<String, Object>();
    for (var key : List.of("url", "user", "password")) {
      properties.put(
          "witan.database." + key, environment.getRequiredProperty("witan.database." + key));
    }
    properties.put("server.port", 0);
    properties.put("server.address", "127.0.0.1");
    var other = new SpringApplication(WitanApplication.class);
    other.addInitializers(
        started ->
            started
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("restart", properties)));

    try (var restarted = other.run()) {
      int port = restarted.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      var after = ApiClient.browser(port);
      after.plant("WITAN_SESSION", browser.cookie("WITAN_SESSION"));

      assertThat(after.get("/api/v1/session").json().path("displayName").asString())
          .isEqualTo("yara");
    }
  }

  @Test
  void servesTheApplicationAtPageAddressesOnly() throws Exception {
    Assumptions.assumeTrue(
        getClass().getResource("/static/index.html") != null, "built without the front end");
    var page = page("/chat/17");
    var missing = page("/assets/no-such-file.js");
    var api = page("/api/v2/whatever");

    assertThat(page).startsWith("200 ").contains("<html");
    assertThat(missing).startsWith("404 ");
    assertThat(api).startsWith("401 ");
  }

  private String page(String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + cast.port() + path);
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }
}
