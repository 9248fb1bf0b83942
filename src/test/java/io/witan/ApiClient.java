package io.witan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a running Witan as a browser does (cookies, CSRF token) or as a program (API key). */
public final class ApiClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI server;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http;
  private final @Nullable String apiKey;

  private ApiClient(URI server, @Nullable String apiKey, @Nullable InetAddress from) {
    this.server = server;
    this.apiKey = apiKey;
    var builder =
        HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(Duration.ofSeconds(5));
    this.http = (from == null ? builder : builder.localAddress(from)).build();
  }

  /** A browser whose requests come from this address, such as 127.0.0.2. */
  public static ApiClient browser(int port, String address) {
    return new ApiClient(
        URI.create("http://127.0.0.1:" + port), null, InetAddress.ofLiteral(address));
  }

  /** The same program, speaking to another process of the installation. */
  public ApiClient at(int port) {
    return new ApiClient(URI.create("http://127.0.0.1:" + port), apiKey, null);
  }

  /** A browser that nobody signed in with. */
  public static ApiClient browser(int port) {
    return new ApiClient(URI.create("http://127.0.0.1:" + port), null, null);
  }

  /** A program with an API key. */
  public static ApiClient program(int port, String apiKey) {
    return new ApiClient(URI.create("http://127.0.0.1:" + port), apiKey, null);
  }

  /** An answer: status, headers, text and, if it is any, JSON. */
  public record Answer(int status, HttpHeaders headers, String text) {
    public JsonNode json() {
      return JSON.readTree(text);
    }

    public String code() {
      return header("Content-Type").contains("json") ? json().path("code").asString("") : "";
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, Map.of());
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body, Map.of());
  }

  public Answer patch(String path, Object body) {
    return send("PATCH", path, body, Map.of());
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  /** Sends JSON (or nothing, for null) with further headers; the CSRF token is added by itself. */
  public Answer send(
      String method, String path, @Nullable Object body, Map<String, String> headers) {
    var publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(body));
    var request = request(method, path, publisher);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  /** Sends bytes as they are, with these headers. */
  public Answer sendBytes(String method, String path, byte[] body, Map<String, String> headers) {
    var request = request(method, path, BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  /** Uploads one file as part {@code file}. */
  public Answer upload(String path, String fileName, byte[] content) {
    var boundary = "witan-boundary";
    var head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(boundary, fileName);
    var body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(content),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    return send(
        request("POST", path, body)
            .setHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
            .build());
  }

  private HttpRequest.Builder request(
      String method, String path, HttpRequest.BodyPublisher publisher) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, publisher);
    if (apiKey != null) {
      request.setHeader("Authorization", "Bearer " + apiKey);
    } else if (!method.equals("GET")) {
      if (cookie("XSRF-TOKEN").isEmpty()) {
        get("/api/v1/setup");
      }
      request.setHeader("X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
    }
    return request;
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether cookies, not a key, say who this is. */
  public boolean isBrowser() {
    return apiKey == null;
  }

  /** A request whose answer nobody has read yet; closing it closes its connection. */
  public record Pending(CompletableFuture<?> answer) implements AutoCloseable {
    @Override
    public void close() {
      answer.cancel(true);
    }
  }

  /** Sends JSON and does not wait for the answer. */
  public Pending ask(String path, Object body) {
    var request =
        request("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "application/json")
            .build();
    return new Pending(http.sendAsync(request, BodyHandlers.ofString()));
  }

  /** Asks for a stream of events and hangs up as soon as it begins. */
  public void hangUpOn(String path, Object body) {
    var request =
        request("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "text/event-stream")
            .build();
    try (var answer = http.send(request, BodyHandlers.ofInputStream()).body()) {
      answer.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Status and first words of a stream, whatever comes within that time. */
  public Answer firstWords(String path, Duration time) {
    try (var stream = listen(path)) {
      stream.heard("\0", time);
      return new Answer(stream.response.statusCode(), stream.response.headers(), stream.text());
    }
  }

  /** Opens a stream of events. */
  public EventStream listen(String path) {
    var request = request("GET", path, BodyPublishers.noBody()).build();
    try {
      return new EventStream(http.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What has come over a stream so far. */
  public static final class EventStream implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final StringBuffer text = new StringBuffer();

    private EventStream(HttpResponse<InputStream> response) {
      this.response = response;
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (var in = response.body()) {
        var buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException closed) {
        text.append("");
      }
    }

    /** Waits that long at most for the words. */
    public boolean heard(String words, Duration time) {
      try {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(50))
            .atMost(time)
            .until(() -> text().contains(words));
        return true;
      } catch (ConditionTimeoutException silent) {
        return false;
      }
    }

    public String text() {
      return text.toString();
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The value of a cookie, or nothing. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  /** Puts a cookie into the browser, as an attacker next to it could. */
  public void plant(String name, String value) {
    var cookie = new HttpCookie(name, value);
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(server, cookie);
  }
}
