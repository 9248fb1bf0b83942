package io.witan.models.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAI-compatible API on this machine that remembers all that it was sent. */
public final class FakeRemote implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a call was. */
  public record Received(String path, Map<String, List<String>> headers, String body) {}

  /** What it does with a call. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  public final CountDownLatch lost = new CountDownLatch(1);
  public volatile Behaviour behaviour = saying("Hello", " world");

  public FakeRemote() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = Map.copyOf(exchange.getRequestHeaders());
    received.add(new Received(exchange.getRequestURI().getPath(), headers, body));
    try (exchange) {
      behaviour.answer(exchange);
    }
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public String address() {
    return "http://" + host() + "/v1";
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Everything that was ever sent here. */
  public String everything() {
    var all = new StringBuilder();
    received.forEach(it -> all.append(it.headers()).append(it.body()).append('\n'));
    return all.toString();
  }

  public void forget() {
    received.clear();
  }

  /** Streams these pieces, says why it ends, and what it took. */
  public static Behaviour saying(String... pieces) {
    return exchange -> {
      var out = stream(exchange);
      for (var piece : pieces) {
        send(out, chunk(piece, null));
      }
      send(out, chunk("", "stop"));
      send(
          out,
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
              + "\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,"
              + "\"total_tokens\":18}}");
      send(out, "[DONE]");
    };
  }

  /** Says a text, and then streams the calls of an answer, as JSON of what a delta has. */
  public static Behaviour calling(String text, String... deltas) {
    return exchange -> {
      var out = stream(exchange);
      if (!text.isEmpty()) {
        send(out, chunk(text, null));
      }
      for (var delta : deltas) {
        send(out, part("{\"tool_calls\":[" + delta + "]}", null));
      }
      send(out, chunk("", "tool_calls"));
      send(out, "[DONE]");
    };
  }

  /** Refuses. */
  public static Behaviour status(int status, String message, Map<String, String> headers) {
    return exchange -> {
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      var body = JSON.writeValueAsBytes(Map.of("error", Map.of("message", message)));
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** Says a word again and again until nobody listens. */
  public Behaviour endless() {
    return exchange -> {
      try {
        var out = stream(exchange);
        for (int i = 0; i < 3_000; i++) {
          send(out, chunk("word ", null));
          Thread.sleep(10);
        }
      } catch (IOException gone) {
        lost.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  public static OutputStream stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  public static void send(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  public static String chunk(String text, @org.jspecify.annotations.Nullable String finish) {
    return part("{\"content\":" + JSON.writeValueAsString(text) + "}", finish);
  }

  private static String part(String delta, @org.jspecify.annotations.Nullable String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + (finish == null ? "null" : "\"" + finish + "\"")
        + "}]}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
