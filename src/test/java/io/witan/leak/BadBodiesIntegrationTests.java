package io.witan.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.SpoiltBodies;
import io.witan.WholeApplication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Bodies that say nothing, or something else than is asked for, are the caller's errors. */
@WholeApplication
@TestPropertySource(
    properties = "spring.application.name=bad-bodies") // attempts to sign in run out
class BadBodiesIntegrationTests {
  private static final List<String> BODIES = List.of("{}", "null", "[]", "\"text\"", "7", "{", "");

  private static final List<String> QUERIES =
      List.of("", "x", "-1", "99999999999", "%00", "%ff", "a,b", "%25_%5C");

  private final Cast cast;

  BadBodiesIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
  }

  @Test
  void neverBreakTheServer() {
    var administrator = cast.administrator();
    var operations =
        Operation.all(administrator.get("/api/v1/openapi.json").json()).stream()
            .filter(operation -> !operation.jsonSchema().isMissingNode())
            .toList();
    assertThat(operations).hasSizeGreaterThan(20);
    var ids = someOf(administrator);
    var filler = new RequestFiller(kind -> ids.getOrDefault(kind, UUID.randomUUID().toString()));
    var softly = new SoftAssertions();
    for (var operation : operations) {
      var filled = filler.fill(operation);
      Stream.concat(BODIES.stream(), SpoiltBodies.of(filled.body()).stream())
          .forEach(body -> sent(softly, administrator, operation, filled.path(), body));
    }
    softly.assertAll();
  }

  @Test
  void queriesNeitherBreakIt() {
    var administrator = cast.administrator();
    var operations =
        Operation.all(administrator.get("/api/v1/openapi.json").json()).stream()
            .filter(operation -> operation.isRead() && !operation.isStream())
            .toList();
    var ids = someOf(administrator);
    var filler = new RequestFiller(kind -> ids.getOrDefault(kind, UUID.randomUUID().toString()));
    var softly = new SoftAssertions();
    int sent = 0;
    for (var operation : operations) {
      var path = filler.fill(operation).path().replaceAll("[?].*", "");
      for (var parameter : operation.details().path("parameters")) {
        if (parameter.path("in").asString().equals("query")) {
          for (var value : QUERIES) {
            var query = path + "?" + parameter.path("name").asString() + "=" + value;
            var answer = administrator.get(query);
            softly.assertThat(answer.status()).as("%s: %s", query, answer.text()).isLessThan(500);
            sent++;
          }
        }
      }
    }
    assertThat(sent).isGreaterThan(50);
    softly.assertAll();
  }

  /** One of each kind that takes no work to make; the rest is not found. */
  private static Map<Kind, String> someOf(ApiClient administrator) {
    return Map.of(
        Kind.COLLECTION, created(administrator, "/api/v1/collections", named()),
        Kind.GROUP, created(administrator, "/api/v1/groups", named()),
        Kind.ASSISTANT, created(administrator, "/api/v1/assistants", named()),
        Kind.CONVERSATION, created(administrator, "/api/v1/conversations", Map.of()));
  }

  private static Map<String, String> named() {
    return Map.of("name", "spoilt " + UUID.randomUUID());
  }

  private static String created(ApiClient administrator, String path, Map<String, String> body) {
    var answer = administrator.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  private static void sent(
      SoftAssertions softly, ApiClient person, Operation operation, String path, String body) {
    var answer =
        person.sendBytes(
            operation.method(),
            path,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/json"));
    softly
        .assertThat(answer.status())
        .as("%s %s: %s", operation, body, answer.text())
        .isLessThan(500);
  }
}
