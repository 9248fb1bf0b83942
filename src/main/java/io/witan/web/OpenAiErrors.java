package io.witan.web;

import io.witan.web.Problems.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Problems as the clients of OpenAI's API expect them, for addresses below {@code /v1}. */
final class OpenAiErrors {
  private static final String ROOT = "/v1";
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  /** Codes on which clients act, where that API has a name of its own for the case. */
  private static final Map<String, String> CODES =
      Map.of(
          "not-signed-in", "invalid_api_key",
          "prompt-too-long", "context_length_exceeded",
          "model-unknown", "model_not_found",
          "generator-overloaded", "rate_limit_exceeded",
          "too-many-answers", "rate_limit_exceeded",
          "not-found", "unknown_url",
          "invalid-input", "invalid_value");

  private OpenAiErrors() {}

  /**
   * An error as it is sent.
   *
   * @param retryAfterSeconds null if it need not be said
   */
  record Error(HttpStatus status, Map<String, Object> body, @Nullable Long retryAfterSeconds) {

    ResponseEntity<Object> answer() {
      var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
      if (retryAfterSeconds != null) {
        answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds.toString());
      }
      return answer.body(body);
    }
  }

  static boolean areSpokenIn(HttpServletRequest request) {
    var path =
        Objects.requireNonNullElse(
            request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), request.getRequestURI());
    return path.equals(ROOT) || path.toString().startsWith(ROOT + "/");
  }

  static Error of(Problem problem) {
    var code = CODES.getOrDefault(problem.code(), problem.code().replace('-', '_'));
    var status = statusOf(problem, code);
    var error = new HashMap<String, @Nullable Object>();
    error.put("message", message(problem));
    error.put("type", typeOf(status));
    error.put("param", problem.members().get("field"));
    error.put("code", code);
    var seconds = problem.members().get("retryAfterSeconds");
    if (seconds == null && status == HttpStatus.TOO_MANY_REQUESTS) {
      seconds = SHORTLY.toSeconds();
    }
    return new Error(status, Map.of("error", error), (Long) seconds);
  }

  private static String message(Problem problem) {
    return problem.code().equals("not-signed-in")
        ? "Incorrect or missing API key: send one of your Witan keys as Authorization: Bearer wtn_…"
        : problem.detail();
  }

  /** That API has no status for too long a text, and says 429 where ours says "not now". */
  private static HttpStatus statusOf(Problem problem, String code) {
    return switch (problem.status()) {
      case CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> HttpStatus.BAD_REQUEST;
      default ->
          code.equals("rate_limit_exceeded") ? HttpStatus.TOO_MANY_REQUESTS : problem.status();
    };
  }

  private static String typeOf(HttpStatus status) {
    if (status == HttpStatus.TOO_MANY_REQUESTS) {
      return "rate_limit_error";
    }
    return status.is5xxServerError() ? "server_error" : "invalid_request_error";
  }
}
