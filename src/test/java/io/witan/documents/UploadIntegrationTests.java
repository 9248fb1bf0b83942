package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.Library.Upload;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.retrieval.Hit;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@DocumentsApplication
class UploadIntegrationTests {
  private static final String BROKEN_PDF = "%PDF-1.4\nthis is not the rest of a portable document";

  @Autowired Library library;
  @Autowired Retriever retriever;

  @Test
  void indexesAnUploadedFileSoThatItIsFound() {
    var bea = library.member("bea");
    var collection = bea.collection("found");

    var id =
        bea.add(
            collection,
            Upload.of(
                "guide/holiday.md",
                "# Holidays\n\nEverybody has thirty-one days of paid holiday a year."));
    var document = bea.indexed(id);

    assertThat(document.path("fileName").asString()).isEqualTo("guide/holiday.md");
    assertThat(document.path("format").asString()).isEqualTo("MARKDOWN");
    assertThat(document.path("stage").asString()).isEqualTo("INDEXED");
    assertThat(document.path("progress").asDouble()).isEqualTo(1);
    assertThat(document.path("language").asString()).isEqualTo("en");
    assertThat(document.path("passages").asInt()).isPositive();
    assertThat(document.path("owner").path("name").asString()).isEqualTo("bea");
    var hits = search("bea", "how many days of paid holiday");
    assertThat(hits).first().satisfies(hit -> assertThat(hit.documentId().value()).isEqualTo(id));
    var hit = hits.getFirst();
    var window =
        bea.api
            .get(
                "/api/v1/text-versions/%s/text?from=%d&to=%d"
                    .formatted(hit.textVersionId(), hit.start(), hit.end()))
            .json();
    assertThat(window.path("text").asString()).isEqualTo(hit.text());
  }

  @Test
  void answersOnlyFromTheNewestRevision() {
    var bea = library.member("bea");
    var collection = bea.collection("revisions");
    var id = bea.add(collection, Upload.of("tariff.txt", "The quokka tariff is forty doubloons."));
    bea.indexed(id);

    var again =
        bea.upload(collection, Upload.of("tariff.txt", "The quokka tariff is ninety doubloons."))
            .getFirst();
    var document = bea.indexed(id);

    assertThat(again.path("outcome").asString()).isEqualTo("NEW_REVISION");
    assertThat(document.path("revision").asInt()).isEqualTo(2);
    assertThat(search("bea", "quokka tariff"))
        .filteredOn(h -> h.documentId().value().equals(id))
        .extracting(Hit::text)
        .containsExactly("The quokka tariff is ninety doubloons.");
    var revisions = bea.api.get("/api/v1/documents/" + id + "/revisions").json().path("items");
    assertThat(revisions.valueStream().map(r -> r.path("current").asBoolean()))
        .containsExactly(true, false);
    var old = revisions.get(1).path("textVersionId").asString();
    assertThat(bea.api.get("/api/v1/text-versions/" + old + "/text").json().path("text").asString())
        .contains("forty");
    assertThat(bea.api.get("/api/v1/text-versions/" + old).json().path("current").asBoolean())
        .isFalse();
  }

  @Test
  void keepsAnsweringFromTheOldRevisionWhenTheNewOneFails() {
    var bea = library.member("bea");
    var collection = bea.collection("failing revision");
    var id =
        bea.add(
            collection,
            Upload.of(
                "wombat.pdf", "Wombats sleep sixteen hours. This is text whatever the name says."));
    bea.indexed(id);

    bea.upload(collection, Upload.of("wombat.pdf", BROKEN_PDF));
    var document = bea.finished(id);

    assertThat(Library.state(document)).isEqualTo("FAILED");
    assertThat(document.path("problem").path("detail").asString())
        .endsWith("Revision 1 still answers.");
    assertThat(document.path("textVersionId").isNull()).isFalse();
    assertThat(search("bea", "how long do wombats sleep"))
        .extracting(h -> h.documentId().value())
        .contains(id);
  }

  @Test
  void triesAFailedDocumentAgainAndNoOther() {
    var bea = library.member("bea");
    var collection = bea.collection("retry");
    var bad = bea.add(collection, Upload.of("broken.pdf", BROKEN_PDF + ", broken otherwise"));
    var good = bea.add(collection, Upload.of("good.txt", "Good text for retry."));
    bea.finished(bad);
    bea.indexed(good);

    var retried = bea.api.post("/api/v1/documents/" + bad + "/retry", Map.of());
    var refused = bea.api.post("/api/v1/documents/" + good + "/retry", Map.of());

    assertThat(retried.status()).isEqualTo(200);
    assertThat(Library.state(retried.json())).isEqualTo("QUEUED");
    assertThat(Library.state(bea.finished(bad))).isEqualTo("FAILED");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("nothing-to-retry");
  }

  @Test
  void namesADuplicateOnlyToWhomMayReadIt() {
    var bea = library.member("bea");
    var carl = library.member("carl");
    var hidden = bea.collection("hidden");
    var shared = bea.collection("shared");
    var own = carl.collection("carl's own");
    bea.permit(shared, "bea MANAGE", "carl READ");
    var secret = Upload.of("secret.txt", "The merger is called Bluebell.");
    var open = Upload.of("open.txt", "The canteen opens at noon.");
    bea.add(hidden, secret);
    var readable = bea.add(shared, open);

    var ofSecret = carl.upload(own, new Upload("mine.txt", secret.bytes())).getFirst();
    var ofOpen = carl.upload(own, new Upload("other.txt", open.bytes())).getFirst();
    var again = carl.upload(own, new Upload("mine.txt", secret.bytes())).getFirst();

    assertThat(outcome(ofSecret)).isEqualTo("ACCEPTED");
    assertThat(ofSecret.path("duplicateOf").isNull()).isTrue();
    assertThat(outcome(ofOpen)).isEqualTo("ACCEPTED");
    assertThat(ofOpen.path("duplicateOf").path("id").asString()).isEqualTo(readable.toString());
    assertThat(outcome(again)).isEqualTo("DUPLICATE");
    assertThat(again.path("duplicateOf").path("title").asString()).isEqualTo("mine");
    assertThat(library.number("select count(*) from documents.original where revision_id is null"))
        .isZero();
  }

  @Test
  void takesTheGoodFilesOfABatchWithBadOnes() {
    var bea = library.member("bea");
    var collection = bea.collection("batch");

    var results =
        bea.upload(
            collection,
            Upload.of("first.txt", "The first file is good."),
            new Upload("empty.txt", new byte[0]),
            new Upload("huge.bin", new byte[13 << 20]),
            new Upload(
                "program.docx",
                new byte[] {
                  0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x3e, 0, 1, 0, 0, 0
                }),
            Upload.of("../../etc/last\u202e.txt", "The last file is good, whatever its name."));

    assertThat(results)
        .extracting(UploadIntegrationTests::outcome)
        .containsExactly("ACCEPTED", "REJECTED", "REJECTED", "REJECTED", "ACCEPTED");
    assertThat(results)
        .extracting(r -> r.path("problem").path("code").asString(""))
        .containsExactly("", "empty-file", "file-too-large", "unsupported-format", "");
    assertThat(results.getLast().path("fileName").asString()).isEqualTo("etc/last .txt");
    bea.allFinished(collection, java.time.Duration.ofSeconds(60));
    assertThat(bea.count(collection, "documents")).isEqualTo(2);
    assertThat(bea.count(collection, "failed")).isZero();
    assertThat(library.number("select count(*) from documents.original where revision_id is null"))
        .isZero();
  }

  @Test
  void refusesAnUploadOfNothingButTooLargeFiles() {
    var bea = library.member("bea");
    var collection = bea.collection("too large");

    var answer = bea.send(collection, new Upload("huge.bin", new byte[13 << 20]));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(Library.JSON.readTree(answer.body()).path("code").asString())
        .isEqualTo("file-too-large");
  }

  @Test
  void refusesARequestThatIsTooLargeBeforeReadingIt() {
    var bea = library.member("bea");
    var collection = bea.collection("too large together");

    var answer = bea.send(collection, noise(1), noise(2), noise(3));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    var problem = Library.JSON.readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo("upload-too-large");
    assertThat(problem.path("limitBytes").asLong()).isEqualTo(30 << 20);
    assertThat(problem.path("filesTaken").asInt()).isZero();
    assertThat(bea.count(collection, "documents")).isZero();
  }

  @Test
  void stopsReadingARequestOfUnknownLengthAtTheLimit() {
    var bea = library.member("bea");
    var collection = bea.collection("too large and unannounced");

    var answer = bea.stream(collection, noise(4), noise(5), noise(6));

    assertThat(answer.statusCode()).isEqualTo(413);
    var problem = Library.JSON.readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo("upload-too-large");
    assertThat(problem.path("filesTaken").asInt()).isEqualTo(2);
    assertThat(bea.count(collection, "documents")).isEqualTo(2);
    assertThat(library.number("select count(*) from documents.original where revision_id is null"))
        .isZero();
  }

  /** Eleven megabytes that hold no text. */
  private static Upload noise(int seed) {
    var bytes = new byte[11 << 20];
    new Random(seed).nextBytes(bytes);
    return new Upload("noise-" + seed + ".pdf", bytes);
  }

  @Test
  void letsOnlyContributorsUploadAndDelete() {
    var bea = library.member("bea");
    var carl = library.member("carl");
    var collection = bea.collection("contributors");
    var file = Upload.of("note.txt", "A note of bea's.");
    var id = bea.add(collection, file);

    assertThat(carl.send(collection, file).statusCode()).isEqualTo(404);
    assertThat(carl.api.get("/api/v1/documents/" + id).status()).isEqualTo(404);
    bea.permit(collection, "bea MANAGE", "carl READ");

    assertThat(carl.send(collection, file).statusCode()).isEqualTo(403);
    assertThat(carl.api.get("/api/v1/documents/" + id).status()).isEqualTo(200);
    assertThat(carl.api.delete("/api/v1/documents/" + id).status()).isEqualTo(403);
    assertThat(carl.api.post("/api/v1/documents/" + id + "/retry", Map.of()).status())
        .isEqualTo(403);
    bea.permit(collection, "bea MANAGE", "carl CONTRIBUTE");
    assertThat(carl.api.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
  }

  @Test
  void servesTheOriginalBytesAsAnAttachment() {
    var bea = library.member("bea");
    var collection = bea.collection("originals");
    var bytes = new byte[(3 << 20) + 17];
    new Random(7).nextBytes(bytes);
    // in a comment: noise need not be indexed
    var start = "<html><p>Hello<!--".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    System.arraycopy(start, 0, bytes, 0, start.length);
    var id =
        bea.add(
            collection,
            new Upload("报告 2026 “final”.html".replace("“", "").replace("”", ""), bytes));

    var answer =
        Library.exchange(
            bea.request("/api/v1/documents/" + id + "/revisions/1/original").build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    var headers = new HashMap<String, String>();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
    assertThat(headers.get("content-disposition"))
        .startsWith("attachment")
        .contains("filename*=UTF-8''%E6%8A%A5%E5%91%8A%202026%20final.html");
    assertThat(headers).containsEntry("x-content-type-options", "nosniff");
    assertThat(headers.get("content-security-policy")).startsWith("sandbox");
    assertThat(library.number("select max(length(content)) from documents.original_part"))
        .isEqualTo(1 << 20);
  }

  @Test
  void listsInEveryOrderWithoutGapsOrRepeats() {
    var bea = library.member("bea");
    var collection = bea.collection("lists");
    for (int i = 0; i < 7; i++) {
      bea.add(
          collection,
          Upload.of(
              "file-" + (i * 5 % 7) + (i % 2 == 0 ? ".txt" : ".MD"),
              "Text number " + i + " " + "x".repeat(i % 3)));
    }
    bea.allFinished(collection, java.time.Duration.ofSeconds(60));

    for (var sort : List.of("name", "updated", "size", "type", "state")) {
      for (var direction : List.of("asc", "desc")) {
        var seen = new java.util.ArrayList<String>();
        String cursor = "";
        do {
          var page =
              bea.api
                  .get(
                      "/api/v1/documents?collectionId=%s&sort=%s&direction=%s&limit=2%s"
                          .formatted(
                              collection,
                              sort,
                              direction,
                              cursor.isEmpty() ? "" : "&cursor=" + cursor))
                  .json();
          page.path("items").valueStream().map(d -> d.path("title").asString()).forEach(seen::add);
          cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).as(sort + " " + direction).hasSize(7).doesNotHaveDuplicates();
        if (sort.equals("name")) {
          assertThat(seen)
              .isSortedAccordingTo(
                  direction.equals("asc")
                      ? java.util.Comparator.naturalOrder()
                      : java.util.Comparator.reverseOrder());
        }
      }
    }
    assertThat(
            bea.api
                .get("/api/v1/documents?collectionId=" + collection + "&query=FILE-3")
                .json()
                .path("items")
                .size())
        .isEqualTo(1);
    assertThat(
            bea.api
                .get("/api/v1/documents?collectionId=" + collection + "&query=%25")
                .json()
                .path("items")
                .size())
        .isZero();
    assertThat(
            bea.api
                .get("/api/v1/documents?collectionId=" + collection + "&format=MARKDOWN")
                .json()
                .path("items")
                .valueStream()
                .map(d -> d.path("format").asString()))
        .hasSize(3)
        .containsOnly("MARKDOWN");
    assertThat(bea.api.get("/api/v1/documents?format=WORDSTAR").status()).isEqualTo(400);
    assertThat(bea.api.get("/api/v1/documents?cursor=nonsense").status()).isEqualTo(400);
  }

  private List<Hit> search(String person, String query) {
    var scope = AccessScope.of(new PersonId(UUID.fromString(library.cast().id(person))), false);
    return retriever.search(scope, SearchRequest.of(query, 5)).hits();
  }

  private static String outcome(JsonNode result) {
    return result.path("outcome").asString();
  }
}
