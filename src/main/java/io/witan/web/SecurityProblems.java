package io.witan.web;

import io.witan.identity.NotSignedIn;
import io.witan.web.Problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Answers what the security filter chain refuses. */
@Component
class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
  static final Problem NOT_ALLOWED =
      new Problem(
          HttpStatus.FORBIDDEN,
          "not-allowed",
          "Not allowed",
          "Only administrators may do this.",
          Map.of());

  private static final Problem CSRF =
      new Problem(
          HttpStatus.FORBIDDEN,
          "csrf-token-missing",
          "CSRF token missing",
          "Send the value of the cookie XSRF-TOKEN as header X-XSRF-TOKEN, or use an API key.",
          Map.of());

  private final Problems problems;

  SecurityProblems(Problems problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(Problem.of(new NotSignedIn()), request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    problems.write(e instanceof CsrfException ? CSRF : NOT_ALLOWED, request, response);
  }
}
