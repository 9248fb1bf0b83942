package io.witan.chat.openai;

import io.witan.shared.Failure;
import io.witan.shared.RequestClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes an answer, whole or as a stream, on the thread of its request. */
final class Reply {
  private final HttpServletResponse response;
  private final JsonMapper json;
  private final RequestClient client;
  private boolean streaming;

  Reply(HttpServletRequest request, HttpServletResponse response, JsonMapper json) {
    this.response = response;
    this.json = json;
    this.client = RequestClient.of(request.getAttribute(RequestClient.ATTRIBUTE));
  }

  /** Whether nobody waits for it any more. */
  boolean isGone() {
    return client.isGone();
  }

  boolean isStreaming() {
    return streaming;
  }

  void whole(Object answer) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(answer));
  }

  /** From here on, failures can only be told inside the stream. */
  void beginStream() throws IOException {
    streaming = true;
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
    response.flushBuffer();
  }

  void part(Object part) throws IOException {
    send("data: " + json.writeValueAsString(part));
  }

  /** A line that clients ignore, which shows whether anybody still listens. */
  void stillThere() throws IOException {
    send(": waiting");
  }

  void endStream() throws IOException {
    send("data: [DONE]");
  }

  /** Tells inside the stream why it ends; a failure before it began is for the status line. */
  void failure(Failure failure) throws IOException {
    if (!streaming) {
      throw failure;
    }
    failure(failure.detail(), failure.code().replace('-', '_'));
  }

  void failure(String message, String code) throws IOException {
    part(Map.of("error", Map.of("message", message, "type", "server_error", "code", code)));
  }

  private void send(String line) throws IOException {
    response.getOutputStream().write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
