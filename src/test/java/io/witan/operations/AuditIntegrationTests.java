package io.witan.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@WholeApplication
class AuditIntegrationTests {
  private final Cast cast;

  private final JdbcClient jdbc;

  AuditIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
    this.jdbc = context.getBean(JdbcClient.class);
  }

  @Test
  void keepsWhoUploadedRevisedAndDeletedADocument() {
    var pia = cast.member("pia");
    var collection =
        id(pia.post("/api/v1/collections", Map.of("name", "Audited", "description", "")));
    var document = upload(pia, collection, "The merger is called Marigold.");
    upload(pia, collection, "The merger is called Marigold II.");
    upload(pia, collection, "The merger is called Marigold II."); // a duplicate is no event
    assertThat(pia.delete("/api/v1/documents/" + document).status()).isEqualTo(204);

    var entries = entriesOf(document);

    assertThat(entries)
        .extracting(AuditIntegrationTests::summary)
        .containsExactly(
            "document-deleted DOCUMENT ",
            "document-uploaded DOCUMENT revision=2",
            "document-uploaded DOCUMENT revision=1");
    assertThat(entries)
        .extracting(entry -> entry.path("actor").path("id").asString())
        .containsOnly(cast.id("pia"));
    assertThat(entries)
        .extracting(entry -> entry.path("address").asString())
        .containsOnly("127.0.0.1");
    assertThat(entries.toString()).doesNotContain("merger", "Marigold", "codename");
  }

  @Test
  void keepsWhoDeletedTheDocumentsOfACollection() {
    var pia = cast.member("pia");
    var collection =
        id(pia.post("/api/v1/collections", Map.of("name", "Going", "description", "")));
    var document = upload(pia, collection, "This goes with its collection.");

    assertThat(pia.delete("/api/v1/collections/" + collection).status()).isEqualTo(204);

    assertThat(entriesOf(document))
        .extracting(AuditIntegrationTests::summary)
        .containsExactly("document-deleted DOCUMENT ", "document-uploaded DOCUMENT revision=1");
    assertThat(entriesOf(collection))
        .extracting(AuditIntegrationTests::summary)
        .startsWith("collection-deleted COLLECTION ");
  }

  @Test
  void keepsWhoCreatedChangedAndDeletedAnAssistant() {
    var ada = cast.administrator();
    var assistant = id(ada.post("/api/v1/assistants", Map.of("name", "Auditor")));
    var path = "/api/v1/assistants/" + assistant;
    assertThat(ada.patch(path, Map.of("name", "Examiner")).status()).isEqualTo(200);
    assertThat(ada.patch(path, Map.of("name", "Examiner")).status()).isEqualTo(200); // no change
    assertThat(ada.delete(path).status()).isEqualTo(204);

    var entries = entriesOf(assistant);

    assertThat(entries)
        .extracting(AuditIntegrationTests::summary)
        .containsExactly(
            "assistant-deleted ASSISTANT ",
            "assistant-changed ASSISTANT version=2",
            "assistant-created ASSISTANT version=1");
    assertThat(entries)
        .extracting(entry -> entry.path("actor").path("id").asString())
        .containsOnly(cast.id("ada"));
    assertThat(entries)
        .extracting(entry -> entry.path("subject").path("label").asString())
        .containsExactly("Examiner", "Examiner", "Auditor");
  }

  @Test
  void namesWhomAPermissionWasGivenTo() {
    var pia = cast.member("pia");
    var quin = cast.member("quin");
    var collection =
        id(pia.post("/api/v1/collections", Map.of("name", "Granted", "description", "")));
    var grants =
        List.of(
            grant("PERSON", cast.id("pia"), "MANAGE"), grant("PERSON", cast.id("quin"), "READ"));
    var answer =
        pia.put("/api/v1/collections/" + collection + "/permissions", Map.of("items", grants));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(quin.get("/api/v1/collections/" + collection).status()).isEqualTo(200);

    var entry = entriesOf(collection).getFirst();

    assertThat(entry.path("action").asString()).isEqualTo("collection-permissions-changed");
    assertThat(entry.path("detail").asString()).isEmpty();
    assertThat(entry.path("facts").valueStream())
        .extracting(fact -> fact.path("value").asString() + " " + fact.at("/about/id").asString())
        .containsExactlyInAnyOrder("MANAGE " + cast.id("pia"), "READ " + cast.id("quin"));
    assertThat(entry.path("facts").valueStream())
        .extracting(fact -> fact.at("/about/label").asString())
        .doesNotContain("");
  }

  @Test
  void keepsTheWordsOfLinesFromBeforeFactsWereKept() {
    var old = UUID.randomUUID();
    jdbc.sql(
            """
            insert into operations.audit_entry (id, at, action, subject_kind, subject_id, subject_label, detail)
            values (?, now(), 'person-changed', 'PERSON', ?, 'ola@example.com', 'role MEMBER')
            """)
        .params(UUID.randomUUID(), old)
        .update();

    var entry = entriesOf(old.toString()).getFirst();

    assertThat(entry.path("detail").asString()).isEqualTo("role MEMBER");
    assertThat(entry.path("facts").valueStream()).isEmpty();
  }

  @Test
  void keepsNothingOfWhatWasRefused() {
    var pia = cast.member("pia");
    var quin = cast.member("quin");
    var collection =
        id(pia.post("/api/v1/collections", Map.of("name", "Refused", "description", "")));
    var document = upload(pia, collection, "Quin has no business here.");

    assertThat(quin.delete("/api/v1/documents/" + document).status()).isEqualTo(404);
    assertThat(quin.post("/api/v1/assistants", Map.of("name", "Quin's")).status()).isEqualTo(403);

    assertThat(entriesOf(document))
        .extracting(AuditIntegrationTests::summary)
        .containsExactly("document-uploaded DOCUMENT revision=1");
    assertThat(quin.get("/api/v1/audit").status()).isEqualTo(403);
  }

  private static Map<String, Object> grant(String kind, String id, String access) {
    return Map.of("grantee", Map.of("kind", kind, "id", id), "access", access);
  }

  /** The log of one thing, newest first. */
  private List<JsonNode> entriesOf(String subject) {
    var log = cast.administrator().get("/api/v1/audit?limit=200");
    assertThat(log.status()).isEqualTo(200);
    return log.json()
        .path("items")
        .valueStream()
        .filter(entry -> entry.path("subject").path("id").asString("").equals(subject))
        .toList();
  }

  private static String summary(JsonNode entry) {
    return String.join(
        " ",
        entry.path("action").asString(),
        entry.path("subject").path("kind").asString(),
        entry
            .path("facts")
            .valueStream()
            .map(fact -> fact.path("name").asString() + "=" + fact.path("value").asString())
            .collect(Collectors.joining(" ")));
  }

  private static String upload(ApiClient person, String collection, String text) {
    var answer =
        person.upload(
            "/api/v1/collections/" + collection + "/documents",
            "codename.txt",
            text.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var result = answer.json().path("results").get(0);
    return result.path("document").path("id").asString("");
  }

  private static String id(ApiClient.Answer created) {
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created.json().path("id").asString();
  }
}
