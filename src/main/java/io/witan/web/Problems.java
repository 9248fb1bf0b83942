package io.witan.web;

import io.witan.shared.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the bodies of RFC 9457 problems; the only place that maps failures to HTTP. */
@Component
class Problems {
  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** What went wrong, as it is sent. */
  record Problem(
      HttpStatus status, String code, String title, String detail, Map<String, Object> members) {

    static Problem of(Failure failure) {
      return new Problem(
          statusOf(failure.kind()),
          failure.code(),
          failure.title(),
          failure.detail(),
          failure.members());
    }

    Map<String, Object> body(@Nullable Object requestId) {
      var body = new LinkedHashMap<String, Object>();
      body.put("type", "/problems/" + code);
      body.put("title", title);
      body.put("status", status.value());
      body.put("detail", detail);
      body.put("code", code);
      body.put("requestId", String.valueOf(requestId));
      members.forEach(body::putIfAbsent);
      return body;
    }
  }

  private static HttpStatus statusOf(Failure.Kind kind) {
    return switch (kind) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case NOT_SIGNED_IN -> HttpStatus.UNAUTHORIZED;
      case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case GONE -> HttpStatus.GONE;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  /** The problem as the answer of a controller. */
  static ResponseEntity<Object> answer(Problem problem, HttpServletRequest request) {
    if (OpenAiErrors.areSpokenIn(request)) {
      return OpenAiErrors.of(problem).answer();
    }
    var answer =
        ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.members().get("retryAfterSeconds") instanceof Long seconds) {
      answer.header("Retry-After", seconds.toString());
    }
    return answer.body(problem.body(request.getAttribute(RequestIds.ATTRIBUTE)));
  }

  /** The problem as the answer of a filter. */
  void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (OpenAiErrors.areSpokenIn(request)) {
      var error = OpenAiErrors.of(problem);
      response.setStatus(error.status().value());
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(json.writeValueAsBytes(error.body()));
      return;
    }
    response.setStatus(problem.status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(json.writeValueAsBytes(problem.body(request.getAttribute(RequestIds.ATTRIBUTE))));
  }

  static Problem notFound() {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "not-found",
        "Not found",
        "There is nothing at this address.",
        Map.of());
  }

  /** What is said of a failure that nobody foresaw: nothing but how to find it in the log. */
  static Problem internal() {
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Internal error",
        "Something failed inside Witan; the log tells more under this request id.",
        Map.of());
  }
}
