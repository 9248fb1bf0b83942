package io.witan.chat.openai;

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

  Reply(HttpServletResponse response, JsonMapper json) {
    this.response = response;
    this.json = json;
  }

  void whole(Object answer) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(answer));
  }

  /** From here on, failures can only be told inside the stream. */
  void beginStream() throws IOException {
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

  void failure(String message, String code) throws IOException {
    part(Map.of("error", Map.of("message", message, "type", "server_error", "code", code)));
  }

  private void send(String line) throws IOException {
    response.getOutputStream().write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
