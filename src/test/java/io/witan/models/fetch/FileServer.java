package io.witan.models.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gives one file over HTTP as well or as badly as a test wants. */
public final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Map<String, List<String>>> asked = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  /** What it gives at any path, unless there are {@link #files}. */
  public volatile byte[] content;

  /** By the last part of the path; where there are some, there is nothing else. */
  public final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What breaks off and waits: the file of that name; null for whatever it gives. */
  public volatile @Nullable String held;

  /** Null: it sends none. */
  public volatile @Nullable String tag = "\"one\"";

  /** How many further answers break off after {@link #cutAt} bytes. */
  public final AtomicInteger cuts = new AtomicInteger();

  public volatile int cutAt = 1000;

  /** Null: it gives the file. */
  public volatile @Nullable String redirect;

  public volatile int status = 200;

  public volatile boolean knowsRanges = true;

  public volatile boolean tellsLength = true;

  /** After {@link #cutAt} bytes it waits for this. */
  public volatile @Nullable CountDownLatch hold;

  public FileServer(byte[] content) {
    this.content = content;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String host() {
    return "127.0.0.1:" + port();
  }

  public String url() {
    return "http://" + host() + "/models/tiny.gguf?key=secret";
  }

  /** The headers of all requests. */
  public List<Map<String, List<String>>> asked() {
    return asked;
  }

  /** Paths and queries of all requests. */
  public List<String> paths() {
    return paths;
  }

  private void handle(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestURI().toString());
    asked.add(Map.copyOf(exchange.getRequestHeaders()));
    try (exchange) {
      var to = redirect;
      if (to != null && !exchange.getRequestURI().getPath().startsWith("/moved")) {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
      } else if (status != 200) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        give(exchange);
      }
    }
  }

  private void give(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    var path = exchange.getRequestURI().getPath();
    var name = path.substring(path.lastIndexOf('/') + 1);
    var bytes = files.isEmpty() ? content : files.get(name);
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (tag != null) {
      headers.set("ETag", tag);
    }
    if (isMeasuring(exchange)) {
      headers.set("Content-Range", "bytes 0-0/" + bytes.length);
      exchange.sendResponseHeaders(206, 1);
      exchange.getResponseBody().write(bytes, 0, 1);
      return;
    }
    int from = from(exchange);
    if (from > 0 && from >= bytes.length) {
      headers.set("Content-Range", "bytes */" + bytes.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      headers.set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
    }
    int length = bytes.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, tellsLength ? length : 0);
    boolean isHeld = held == null || name.equals(held);
    boolean cut = isHeld && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    int first = Math.min(length, cutAt);
    var out = exchange.getResponseBody();
    var latch = isHeld ? hold : null;
    out.write(bytes, from, cut || latch != null ? first : length);
    out.flush();
    if (cut) {
      throw new IOException("cut");
    }
    if (latch != null) {
      await(latch);
      out.write(bytes, from + first, length - first);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("held too long");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private boolean isMeasuring(HttpExchange exchange) {
    return knowsRanges && "bytes=0-0".equals(exchange.getRequestHeaders().getFirst("Range"));
  }

  private int from(HttpExchange exchange) {
    var range = exchange.getRequestHeaders().getFirst("Range");
    var condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || !knowsRanges || (condition != null && !condition.equals(tag))) {
      return 0;
    }
    return Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
