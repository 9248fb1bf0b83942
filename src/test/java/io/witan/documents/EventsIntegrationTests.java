package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.documents.Library.Reader;
import io.witan.documents.Library.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DocumentsApplication
class EventsIntegrationTests {
  @Autowired Library library;

  @Test
  void tellsReadersAndNobodyElseHowADocumentComesAlong() throws IOException {
    var bea = library.member("bea");
    var dan = library.member("dan");
    var eve = library.member("eve");
    var collection = bea.collection("watched");
    bea.permit(collection, "bea MANAGE", "dan READ");
    try (var beas = new Stream(bea);
        var dans = new Stream(dan);
        var eves = new Stream(eve)) {
      var id = bea.add(collection, Upload.of("watched.txt", "Somebody watches this."));
      bea.indexed(id);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(dans.of(id)).last().asString().contains("\"INDEXED\""));
      assertThat(dans.of(id)).first().asString().startsWith("event:document");

      bea.permit(collection, "bea MANAGE");
      bea.upload(collection, Upload.of("watched.txt", "Dan must not hear of this one."));
      bea.indexed(id);
      bea.api.delete("/api/v1/documents/" + id);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(beas.of(id)).last().asString().startsWith("event:deleted"));

      assertThat(dans.of(id))
          .noneMatch(e -> e.contains("\"revision\":2"))
          .noneMatch(e -> e.startsWith("event:deleted"));
      assertThat(eves.of(id)).isEmpty();
      assertThat(eves.lines).anyMatch(line -> line.startsWith(":"));
    }
  }

  @Test
  void needsSomebodySignedIn() {
    assertThat(library.cast().nobody().get("/api/v1/documents/events").status()).isEqualTo(401);
  }

  /** The events that one person receives. */
  private static final class Stream implements AutoCloseable {
    private final InputStream body;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Stream(Reader reader) {
      var answer =
          Library.exchange(
              reader.request("/api/v1/documents/events").build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
      body = answer.body();
      Thread.ofVirtual()
          .start(
              () -> {
                var scanner = new Scanner(body, StandardCharsets.UTF_8);
                while (scanner.hasNextLine()) {
                  lines.add(scanner.nextLine());
                }
              });
      await().atMost(Duration.ofSeconds(10)).until(() -> !lines.isEmpty());
    }

    /** The events about a document, name and data in one string. */
    List<String> of(UUID document) {
      var all = String.join("\n", lines).split("\n\n");
      return List.of(all).stream().filter(event -> event.contains(document.toString())).toList();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
