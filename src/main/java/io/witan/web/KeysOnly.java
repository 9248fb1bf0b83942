package io.witan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Knows nobody by a session: such requests need no CSRF token, as no browser adds a key itself. */
record KeysOnly(SecurityContextRepository identity) implements SecurityContextRepository {

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return hasKey(request) ? identity.loadDeferredContext(request) : new Nobody();
  }

  @Override
  @Deprecated // the interface's older half; nothing calls it
  @SuppressWarnings("InlineMeSuggester")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // keys are sent with every request
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return hasKey(request) && identity.containsContext(request);
  }

  private static boolean hasKey(HttpServletRequest request) {
    return SecurityConfiguration.hasApiKey(request.getHeader(HttpHeaders.AUTHORIZATION));
  }

  private static final class Nobody implements DeferredSecurityContext {
    private final SecurityContext context = SecurityContextHolder.createEmptyContext();

    @Override
    public SecurityContext get() {
      return context;
    }

    @Override
    public boolean isGenerated() {
      return true;
    }
  }
}
