package io.witan.web;

import io.swagger.v3.oas.annotations.Hidden;
import io.witan.web.Problems.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers what failed outside every controller: in a filter, or in the server itself. */
@RestController
@Hidden
class ErrorAnswers implements ErrorController {
  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  @RequestMapping("/error")
  ResponseEntity<Object> error(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable cause) {
      if (UploadProblems.isTooLarge(cause)) {
        return Problems.answer(UploadProblems.TOO_LARGE, request);
      }
      if (DisconnectedClientHelper.isClientDisconnectedException(cause)) {
        log.debug("client gone while it sent its request"); // an upload that will go on, perhaps
      } else {
        log.error("request failed outside a controller", cause);
      }
      return Problems.answer(Problems.internal(), request);
    }
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    if (status == null || status.is5xxServerError()) {
      return Problems.answer(Problems.internal(), request);
    }
    if (status == HttpStatus.NOT_FOUND) {
      return Problems.answer(Problems.notFound(), request);
    }
    return Problems.answer(
        new Problem(
            status,
            "invalid-input",
            "Invalid input",
            "The request cannot be understood.",
            Map.of("field", "request")),
        request);
  }
}
