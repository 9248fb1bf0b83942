package io.witan.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A collection that Mona manages, Carl may add to and Rita may read, with one document, and what
 * Mona alone has: a conversation about it and an API key.
 */
final class Secret {
  /** Stands in every name and text of the secret; nobody else may ever be sent it. */
  static final String MARKER = "xylograph-4711";

  private final Map<Kind, String> ids = new EnumMap<>(Kind.class);
  private final Cast cast;
  private final ApiClient mona;

  private Secret(Cast cast) {
    this.cast = cast;
    this.mona = cast.member("mona");
  }

  /** Makes all of it through the operations that the API describes. */
  static Secret make(Cast cast, Set<String> operations) {
    var secret = new Secret(cast);
    secret.makeCollection();
    secret.makeDisposables();
    if (operations.contains("POST /api/v1/collections/{id}/documents")) {
      secret.makeDocument();
    }
    if (operations.contains("POST /api/v1/conversations/{id}/messages")) {
      secret.makeConversation();
    }
    return secret;
  }

  private void makeCollection() {
    cast.member("carl");
    cast.member("rita");
    var collection =
        created(
            mona.post(
                "/api/v1/collections",
                Map.of("name", "Hangar " + MARKER, "description", "About " + MARKER)));
    keep(Kind.COLLECTION, collection);
    var granted =
        mona.put(
            "/api/v1/collections/" + id(Kind.COLLECTION) + "/permissions",
            Map.of(
                "items",
                List.of(
                    grant("mona", "MANAGE"), grant("carl", "CONTRIBUTE"), grant("rita", "READ"))));
    assertThat(granted.status()).as(granted.text()).isEqualTo(200);
    var key = created(mona.post("/api/v1/me/api-keys", Map.of("name", "key " + MARKER)));
    keep(Kind.API_KEY, key.path("key"));
  }

  private Map<String, Object> grant(String person, String access) {
    return Map.of("grantee", Map.of("kind", "PERSON", "id", cast.id(person)), "access", access);
  }

  /** People and groups that administrators may do anything with. */
  private void makeDisposables() {
    keep(Kind.PERSON, cast.invite("victim-" + UUID.randomUUID(), "MEMBER").json().path("person"));
    keep(
        Kind.GROUP,
        created(
            cast.administrator()
                .post("/api/v1/groups", Map.of("name", "group " + UUID.randomUUID()))));
  }

  private void makeDocument() {
    var text =
        "# Hangar\n\nThe zeppelin hangar code is %s. Keep the zeppelin hangar code safe.\n"
            .formatted(MARKER);
    var uploaded =
        mona.upload(
            "/api/v1/collections/" + id(Kind.COLLECTION) + "/documents",
            MARKER + ".md",
            text.getBytes(StandardCharsets.UTF_8));
    assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
    keep(Kind.DOCUMENT, uploaded.json().path("results").get(0).path("document"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> document().path("state").asString(), "INDEXED"::equals);
    ids.put(Kind.TEXT_VERSION, document().path("textVersionId").asString());
  }

  JsonNode document() {
    return mona.get("/api/v1/documents/" + id(Kind.DOCUMENT)).json();
  }

  /** Uploads another revision of the document, of which its readers hear. */
  void changeDocument() {
    var uploaded =
        mona.upload(
            "/api/v1/collections/" + id(Kind.COLLECTION) + "/documents",
            MARKER + ".md",
            ("# Hangar\n\nThe zeppelin hangar code is " + MARKER + ", as of today.\n")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
  }

  JsonNode collection() {
    return mona.get("/api/v1/collections/" + id(Kind.COLLECTION)).json();
  }

  private void makeConversation() {
    keep(Kind.CONVERSATION, created(mona.post("/api/v1/conversations", Map.of())));
    var answer =
        mona.send(
            "POST",
            "/api/v1/conversations/" + id(Kind.CONVERSATION) + "/messages",
            Map.of("text", "What is the " + RequestFiller.PROBE + "? " + MARKER),
            Map.of("Accept", "application/json"));
    assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    keep(Kind.MESSAGE, answer.json());
  }

  private void keep(Kind kind, JsonNode json) {
    var id = json.path("id").asString("");
    assertThat(id).as(kind + " in " + json).isNotEmpty();
    ids.put(kind, id);
  }

  private static JsonNode created(ApiClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  /** The id of that kind; one that nothing has if the API cannot make one yet. */
  String id(Kind kind) {
    return ids.computeIfAbsent(kind, unused -> UUID.randomUUID().toString());
  }

  boolean has(Kind kind) {
    return ids.containsKey(kind);
  }

  ApiClient mona() {
    return mona;
  }
}
