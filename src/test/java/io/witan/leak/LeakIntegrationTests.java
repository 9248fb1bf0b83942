package io.witan.leak;

import static io.witan.leak.Secret.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.ApiClient.Answer;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Calls every operation that the API describes, as everyone, with the ids of a secret collection
 * and of what is in it; a new operation is called from the day it appears.
 */
@WholeApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakIntegrationTests {
  private static final byte[] PROBE_BYTES = "A probe.".getBytes(StandardCharsets.UTF_8);

  /** All that strangers may call. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /api/v1/setup",
          "POST /api/v1/setup",
          "POST /api/v1/session",
          "POST /api/v1/invitations");

  /** What administrators see of collections that are closed to them: names and who manages. */
  private static final Set<String> OVERSIGHT =
      Set.of("GET /api/v1/admin/collections", "GET /api/v1/audit");

  /** Gives itself access, which is its purpose; audited. */
  private static final String TAKE_OVER = "POST /api/v1/admin/collections/{id}/take-over";

  private static final Duration STREAM = Duration.ofSeconds(2);

  private final Cast cast;
  private List<Operation> operations = List.of();
  private @Nullable Secret secret;

  LeakIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
  }

  @BeforeAll
  void makeSecret() {
    var document = cast.administrator().get("/api/v1/openapi.json");
    assertThat(document.status()).as(document.text()).isEqualTo(200);
    operations = Operation.all(document.json());
    assertThat(operations).hasSizeGreaterThan(20);
    secret =
        Secret.make(cast, operations.stream().map(Operation::name).collect(Collectors.toSet()));
  }

  private Secret secret() {
    var made = secret;
    if (made == null) {
      throw new IllegalStateException("makeSecret did not run");
    }
    return made;
  }

  @Test
  @Order(1)
  void showsTheSecretToThoseWhoMayReadIt() {
    var softly = new SoftAssertions();
    var filler = new RequestFiller(secret()::id);
    for (var operation : operations) {
      var filled = filler.fill(operation);
      if (operation.isRead() && !operation.isStream() && filled.namesSecrets() && isMade(filled)) {
        var mona = call(secret().mona(), operation, filled);
        softly.assertThat(mona.status()).as("mona: %s: %s", operation, mona.text()).isEqualTo(200);
      }
    }
    softly
        .assertThat(cast.member("rita").get("/api/v1/collections").text())
        .as("rita reads the secret collection")
        .contains(MARKER);
    softly.assertAll();
  }

  /** False where the API has no operation yet that could make one of that kind. */
  private boolean isMade(RequestFiller.Filled filled) {
    return filled.kinds().stream().allMatch(secret()::has);
  }

  @Test
  @Order(2)
  void answersStrangersOnlyThatTheyAreNotSignedIn() {
    var softly = new SoftAssertions();
    var strangers =
        Map.of(
            "nobody", cast.nobody(),
            "wrong key", ApiClient.program(cast.port(), "wtn_" + "A".repeat(43)));
    var filler = new RequestFiller(secret()::id);
    strangers.forEach(
        (name, stranger) -> {
          for (var operation : operations) {
            var answer = call(stranger, operation, filler.fill(operation));
            softly
                .assertThat(answer.text())
                .as("%s: %s", name, operation)
                .doesNotContainIgnoringCase(MARKER);
            if (!OPEN.contains(operation.name())) {
              softly.assertThat(answer.status()).as("%s: %s", name, operation).isEqualTo(401);
              if (!operation.method().equals("HEAD")) { // whose answers have no body
                softly.assertThat(answer.code()).isEqualTo("not-signed-in");
              }
            }
          }
        });
    softly.assertAll();
  }

  @Test
  @Order(3)
  void hidesTheSecretFromMembersWithoutPermission() {
    var browser = cast.member("olga");
    checkOutsider("olga", () -> cast.member("olga"), Set.of());
    var program = cast.programOf(signedIn("olga", browser));
    checkOutsider("olga's program", () -> program, Set.of());
  }

  @Test
  @Order(4)
  void hidesTheSecretFromAdministratorsWithoutPermission() {
    var program = cast.programOf(cast.administrator());
    checkOutsider("ada's program", () -> program, OVERSIGHT);
    checkOutsider("ada", () -> signedIn("ada", cast.administrator()), OVERSIGHT);
  }

  /** Unreadable must look exactly as not existing, whatever is called. */
  private void checkOutsider(String name, Supplier<ApiClient> outsider, Set<String> oversight) {
    var softly = new SoftAssertions();
    var known = new RequestFiller(secret()::id);
    var unknown = new RequestFiller(unknownIds());
    for (var operation : operations) {
      if (operation.name().equals(TAKE_OVER) && !oversight.isEmpty()) {
        continue;
      }
      var filled = known.fill(operation);
      var answer = call(signedIn(name, outsider.get()), operation, filled);
      softly.assertThat(answer.status()).as("%s: %s", name, operation).isLessThan(500);
      softly
          .assertThat(answer.code())
          .as("%s: %s: a request that is not understood proves nothing", name, operation)
          .isNotIn("invalid-input", "unsupported-media-type", "method-not-allowed");
      if (!oversight.contains(operation.name())) {
        softly
            .assertThat(answer.text())
            .as("%s: %s", name, operation)
            .doesNotContainIgnoringCase(MARKER);
      }
      if (filled.namesSecrets()) {
        var missing = call(signedIn(name, outsider.get()), operation, unknown.fill(operation));
        softly
            .assertThat(shape(answer))
            .as("%s: %s for what is unreadable and for what does not exist", name, operation)
            .isEqualTo(shape(missing));
      }
    }
    softly.assertThat(secret().collection().path("name").asString()).contains(MARKER);
    softly.assertAll();
  }

  private static Function<Kind, String> unknownIds() {
    var ids = new EnumMap<Kind, String>(Kind.class);
    return kind -> ids.computeIfAbsent(kind, unused -> UUID.randomUUID().toString());
  }

  /** Status and body without what differs between any two calls. */
  private static String shape(Answer answer) {
    return answer.status()
        + " "
        + answer
            .text()
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<instant>")
            .replaceAll("(Millis\":)\\d+", "$1<n>")
            .replaceAll("wtn_[A-Za-z0-9_-]+", "<key>")
            .replaceAll("(\"requestId\":)\"[^\"]*\"", "$1<id>");
  }

  @Test
  @Order(5)
  void letsReadersAndContributorsChangeNothingTheyMayNot() {
    var softly = new SoftAssertions();
    var filler = new RequestFiller(secret()::id);
    var before = Map.of("collection", secret().collection(), "document", secret().document());
    for (var operation : operations) {
      var filled = filler.fill(operation);
      if (operation.isRead() || !filled.namesSecrets() || !isMade(filled)) {
        continue;
      }
      boolean isOfCollection =
          operation.path().startsWith("/api/v1/collections/{id}") && !operation.isUpload();
      if (isOfCollection) {
        refused(softly, "carl", operation, filled);
      }
      if (isOfCollection || operation.isUpload() || operation.path().contains("/documents/{id}")) {
        refused(softly, "rita", operation, filled);
      }
    }
    softly
        .assertThat(Map.of("collection", secret().collection(), "document", secret().document()))
        .isEqualTo(before);
    softly.assertAll();
  }

  private void refused(
      SoftAssertions softly, String name, Operation operation, RequestFiller.Filled filled) {
    var answer = call(cast.member(name), operation, filled);
    softly
        .assertThat(answer.status())
        .as("%s: %s: %s", name, operation, answer.text())
        .isEqualTo(403);
  }

  @Test
  @Order(6)
  void sendsOutsidersNoNewsOfTheSecret() {
    for (var operation : operations) {
      if (operation.isStream() && operation.isRead()) {
        var filled = new RequestFiller(secret()::id).fill(operation);
        var reader = cast.member("rita").listen(filled.path());
        var outsider = signedIn("olga", cast.member("olga")).listen(filled.path());
        secret().changeDocument();

        assertThat(reader.heard(MARKER, Duration.ofSeconds(20))).as("rita: " + operation).isTrue();
        assertThat(outsider.heard(MARKER, STREAM)).as("olga: " + operation).isFalse();
        reader.close();
        outsider.close();
      }
    }
  }

  @Test
  @Order(7)
  void tellsTheAuditLogWhoTookACollectionOver() {
    var ada = signedIn("ada", cast.administrator());

    var taken =
        ada.post(
            "/api/v1/admin/collections/" + secret().id(Kind.COLLECTION) + "/take-over", Map.of());

    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    assertThat(ada.get("/api/v1/audit").text()).contains("collection-taken-over");
    assertThat(ada.get("/api/v1/collections").text()).contains(MARKER);
  }

  private Answer call(ApiClient client, Operation operation, RequestFiller.Filled filled) {
    if (operation.isStream() && operation.isRead()) {
      return client.firstWords(filled.path(), STREAM);
    }
    if (operation.isUpload()) {
      return client.upload(filled.path(), "probe.txt", PROBE_BYTES);
    }
    if (operation.path().startsWith("/api/v1/models/uploads")) {
      return piece(client, operation, filled);
    }
    if (operation.body().has("application/octet-stream")) {
      return client.sendBytes(
          operation.method(),
          filled.path(),
          PROBE_BYTES,
          Map.of("Content-Type", "application/octet-stream"));
    }
    return client.send(operation.method(), filled.path(), filled.body(), Map.of());
  }

  /** Uploads of models speak tus, whose fields are headers that the description leaves out. */
  private static Answer piece(ApiClient client, Operation operation, RequestFiller.Filled filled) {
    var headers = new HashMap<String, String>();
    headers.put("Tus-Resumable", "1.0.0");
    headers.put("Upload-Length", String.valueOf(PROBE_BYTES.length));
    headers.put("Upload-Offset", "0");
    headers.put("Upload-Metadata", "filename bm9ib2R5cy5nZ3Vm"); // nobodys.gguf
    if (!operation.method().equals("PATCH")) {
      return client.send(operation.method(), filled.path(), null, headers);
    }
    headers.put("Content-Type", "application/offset+octet-stream");
    return client.sendBytes("PATCH", filled.path(), PROBE_BYTES, headers);
  }

  /** Signs a browser in again if an operation just ended its session. */
  private ApiClient signedIn(String name, ApiClient client) {
    if (client.isBrowser() && client.get("/api/v1/session").status() == 401) {
      var again =
          client.post(
              "/api/v1/session", Map.of("email", Cast.email(name), "password", Cast.PASSWORD));
      assertThat(again.status()).as(again.text()).isEqualTo(200);
    }
    return client;
  }
}
