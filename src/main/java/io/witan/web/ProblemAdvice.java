package io.witan.web;

import io.witan.shared.Failure;
import io.witan.web.Problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Turns every failure of a controller into a problem; logs only what nobody foresaw. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private static final String NOT_IN_ENCODING = "22021"; // SQLSTATE

  record Invalid(String field, String message) {}

  @ExceptionHandler
  ResponseEntity<Object> failure(Failure failure, HttpServletRequest request) {
    return Problems.answer(Problem.of(failure), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> invalid(ConstraintViolationException e, HttpServletRequest request) {
    var errors =
        e.getConstraintViolations().stream()
            .map(v -> new Invalid(v.getPropertyPath().toString(), v.getMessage()))
            .toList();
    return Problems.answer(invalid(errors), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> denied(AccessDeniedException e, HttpServletRequest request) {
    return Problems.answer(SecurityProblems.NOT_ALLOWED, request);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<Object> databaseGone(Exception e, HttpServletRequest request) {
    log.error("database unavailable", e);
    return Problems.answer(
        new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "database-unavailable",
            "Database unavailable",
            "The database does not answer; try again in a moment.",
            Map.of()),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> multipart(MultipartException e, HttpServletRequest request) {
    return Problems.answer(
        UploadProblems.isTooLarge(e)
            ? UploadProblems.TOO_LARGE
            : invalid(List.of(new Invalid("body", "is not readable multipart/form-data"))),
        request);
  }

  /** Parameters that are no UTF-8, too many, or too large. */
  @ExceptionHandler
  ResponseEntity<Object> undecodable(InvalidParameterException e, HttpServletRequest request) {
    return Problems.answer(
        e.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
            ? UploadProblems.TOO_LARGE
            : invalid(List.of(new Invalid("query", "must be percent-encoded UTF-8"))),
        request);
  }

  /** Text with U+0000 is valid JSON, but PostgreSQL cannot store it. */
  @ExceptionHandler
  ResponseEntity<Object> unfitForDatabase(
      DataIntegrityViolationException e, HttpServletRequest request) {
    return e.getMostSpecificCause() instanceof SQLException sql
            && NOT_IN_ENCODING.equals(sql.getSQLState())
        ? Problems.answer(
            invalid(List.of(new Invalid("text", "has the character U+0000; remove it"))), request)
        : unexpected(e, request);
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
    log.error("request failed method={} path={}", request.getMethod(), request.getServletPath(), e);
    return Problems.answer(Problems.internal(), request);
  }

  /** Everything that Spring itself refuses. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var servlet = (ServletWebRequest) request;
    var response = servlet.getResponse();
    if (response != null && response.isCommitted()) {
      return null;
    }
    var answer = Problems.answer(problemOf(e, status), servlet.getRequest());
    var allow = headers.getFirst(HttpHeaders.ALLOW);
    return allow == null
        ? answer
        : ResponseEntity.status(answer.getStatusCode())
            .headers(answer.getHeaders())
            .header(HttpHeaders.ALLOW, allow)
            .body(answer.getBody());
  }

  private Problem problemOf(Exception e, HttpStatusCode status) {
    return switch (e) {
      case MethodArgumentNotValidException invalid -> invalid(fieldErrors(invalid));
      case HandlerMethodValidationException invalid -> invalid(parameterErrors(invalid));
      case MissingServletRequestParameterException missing ->
          invalid(List.of(new Invalid(missing.getParameterName(), "is missing")));
      case MissingServletRequestPartException missing ->
          invalid(List.of(new Invalid(missing.getRequestPartName(), "is missing")));
      case MethodArgumentTypeMismatchException mismatch ->
          invalid(List.of(new Invalid(mismatch.getName(), "has the wrong form")));
      case TypeMismatchException mismatch ->
          invalid(
              List.of(
                  new Invalid(
                      mismatch.getPropertyName() == null ? "value" : mismatch.getPropertyName(),
                      "has the wrong form")));
      case HttpMessageNotReadableException unreadable -> invalid(List.of(unreadable(unreadable)));
      default -> byStatus(e, status);
    };
  }

  private Problem byStatus(Exception e, HttpStatusCode status) {
    return switch (status.value()) {
      case 404 -> Problems.notFound();
      case 405 ->
          plain(status, "method-not-allowed", "Method not allowed", "See the Allow header.");
      case 406 ->
          plain(status, "not-acceptable", "Not acceptable", "Accept application/json instead.");
      case 413 -> UploadProblems.TOO_LARGE;
      case 415 ->
          plain(
              status,
              "unsupported-media-type",
              "Unsupported media type",
              "Send the content type that the API description names.");
      case 503 -> plain(status, "unavailable", "Unavailable", "Not now; try again in a moment.");
      default -> {
        if (status.is4xxClientError()) {
          yield invalid(List.of(new Invalid("request", "cannot be understood")));
        }
        log.error("request failed status={}", status.value(), e);
        yield Problems.internal();
      }
    };
  }

  private static Problem plain(HttpStatusCode status, String code, String title, String detail) {
    return new Problem(HttpStatus.valueOf(status.value()), code, title, detail, Map.of());
  }

  private static Problem invalid(List<Invalid> errors) {
    var first = errors.isEmpty() ? new Invalid("request", "is invalid") : errors.getFirst();
    return new Problem(
        HttpStatus.BAD_REQUEST,
        "invalid-input",
        "Invalid input",
        first.field() + " " + first.message(),
        Map.of("field", first.field(), "errors", errors));
  }

  private static List<Invalid> fieldErrors(MethodArgumentNotValidException e) {
    return e.getBindingResult().getAllErrors().stream()
        .map(
            error ->
                new Invalid(
                    error instanceof FieldError field ? field.getField() : error.getObjectName(),
                    String.valueOf(error.getDefaultMessage())))
        .toList();
  }

  private static List<Invalid> parameterErrors(HandlerMethodValidationException e) {
    var errors = new ArrayList<Invalid>();
    for (var result : e.getParameterValidationResults()) {
      var name = String.valueOf(result.getMethodParameter().getParameterName());
      result
          .getResolvableErrors()
          .forEach(
              error ->
                  errors.add(
                      new Invalid(
                          error instanceof FieldError field ? field.getField() : name,
                          String.valueOf(error.getDefaultMessage()))));
    }
    return errors;
  }

  /** Names the field but never repeats its value: it may be a password. */
  private static Invalid unreadable(HttpMessageNotReadableException e) {
    if (e.getCause() instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
      var path = new StringBuilder();
      for (JacksonException.Reference step : wrong.getPath()) {
        if (step.getPropertyName() != null) {
          path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        } else {
          path.append('[').append(step.getIndex()).append(']');
        }
      }
      return new Invalid(path.toString(), "has the wrong form");
    }
    return new Invalid("body", "is missing or no readable JSON");
  }
}
