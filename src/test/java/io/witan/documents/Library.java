package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collections and documents of a test, made and read through REST as a program does. */
@TestComponent
class Library {
  private final ApplicationContext context;
  private final ScopedTransactions transactions;
  private final JdbcClient jdbc;
  private final Map<String, Reader> readers = new LinkedHashMap<>();

  Library(ApplicationContext context, ScopedTransactions transactions, JdbcClient jdbc) {
    this.context = context;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /** A file to upload. */
  record Upload(String name, byte[] bytes) {
    static Upload of(String name, String text) {
      return new Upload(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A person who uses the product through an API key. */
  final class Reader {
    final ApiClient api;
    private final String key;

    private Reader(ApiClient browser) {
      var made = browser.post("/api/v1/me/api-keys", Map.of("name", "documents"));
      this.key = made.json().path("secret").asString();
      this.api = ApiClient.program(cast().port(), key);
    }

    /** A request that is not JSON. */
    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cast().port() + path))
          .timeout(Duration.ofMinutes(2))
          .header("Authorization", "Bearer " + key);
    }

    UUID collection(String name) {
      var made = api.post("/api/v1/collections", Map.of("name", name, "description", ""));
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      return UUID.fromString(made.json().path("id").asString());
    }

    HttpResponse<String> send(UUID collection, Upload... files) {
      return send(collection, HttpRequest.BodyPublishers.ofByteArray(body(files)));
    }

    /** Sends without saying how much comes. */
    HttpResponse<String> stream(UUID collection, Upload... files) {
      var body = body(files);
      return send(
          collection,
          HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private HttpResponse<String> send(UUID collection, HttpRequest.BodyPublisher body) {
      return exchange(
          request("/api/v1/collections/" + collection + "/documents")
              .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
              .POST(body)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    List<JsonNode> upload(UUID collection, Upload... files) {
      var answer = send(collection, files);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body()).path("results").valueStream().toList();
    }

    /** The id of the one document that this file became. */
    UUID add(UUID collection, Upload file) {
      var result = upload(collection, file).getFirst();
      assertThat(result.path("document").isObject()).as(result.toString()).isTrue();
      return UUID.fromString(result.path("document").path("id").asString());
    }

    JsonNode document(UUID id) {
      return api.get("/api/v1/documents/" + id).json();
    }

    /** The document once nothing is being done with it any more. */
    JsonNode finished(UUID id) {
      return Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> document(id), d -> List.of("INDEXED", "FAILED").contains(state(d)));
    }

    JsonNode indexed(UUID id) {
      var document = finished(id);
      assertThat(state(document)).as(document.toString()).isEqualTo("INDEXED");
      return document;
    }

    void allFinished(UUID collection, Duration limit) {
      Awaitility.await()
          .atMost(limit)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> count(collection, "processing") == 0);
    }

    long count(UUID collection, String what) {
      return api.get("/api/v1/document-counts")
          .json()
          .path("items")
          .valueStream()
          .filter(c -> c.path("collectionId").asString().equals(collection.toString()))
          .mapToLong(c -> c.path(what).asLong())
          .sum();
    }

    void permit(UUID collection, String... grants) {
      var items = new ArrayList<Object>();
      for (var grant : grants) {
        var words = grant.split(" ");
        items.add(
            Map.of(
                "grantee",
                Map.of("kind", "PERSON", "id", cast().id(words[0])),
                "access",
                words[1]));
      }
      var answer =
          api.put("/api/v1/collections/" + collection + "/permissions", Map.of("items", items));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  static final JsonMapper JSON = new JsonMapper();
  private static final String BOUNDARY = "witan-test-boundary";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> reader) {
    try {
      return HTTP.send(request, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Cast cast() {
    return Cast.of(context);
  }

  /** A member of this name. */
  synchronized Reader member(String name) {
    return readers.computeIfAbsent(name, n -> new Reader(cast().member(n)));
  }

  Reader administrator() {
    return readers.computeIfAbsent("ada", n -> new Reader(cast().administrator()));
  }

  /** Waits until no test before this one has left work behind. */
  void settle() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                number(
                        "select count(*) from documents.scheduled_tasks"
                            + " where task_name like 'document-%'")
                    == 0);
  }

  /** One number from the database, seen as the product's own work sees it. */
  long number(String sql, Object... parameters) {
    return transactions.read(
        AccessScope.worker("test"),
        () -> jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single());
  }

  /** One id from the database. */
  UUID id(String sql, Object... parameters) {
    return transactions.read(
        AccessScope.worker("test"),
        () -> jdbc.sql(sql).params(List.of(parameters)).query(UUID.class).single());
  }

  /** Changes rows as the product's own work could. */
  void change(String sql, Object... parameters) {
    transactions.run(
        AccessScope.worker("test"), () -> jdbc.sql(sql).params(List.of(parameters)).update());
  }

  static String state(JsonNode document) {
    return document.path("state").asString();
  }

  private static byte[] body(Upload... files) {
    var body = new ByteArrayOutputStream();
    for (var file : files) {
      body.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
              .formatted(BOUNDARY, file.name())
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file.bytes());
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }
}
