package io.witan.identity.signin;

import io.witan.identity.IdentitySettings;
import io.witan.identity.PersonId;
import io.witan.identity.keys.ApiKeys;
import io.witan.identity.people.Account;
import io.witan.identity.people.Accounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Finds out who sends a request: by API key if it carries one, else by session.
 *
 * <p>The account is read anew for each request, so that a deactivated person or another role counts
 * from the next request on. A request with a key never falls back to the session, which is what
 * lets such requests go without CSRF token.
 */
@Component
class RequestIdentity implements SecurityContextRepository {
  private static final String BEARER = "Bearer ";

  private final Accounts accounts;
  private final ApiKeys keys;
  private final IdentitySettings settings;
  private final Clock clock;

  RequestIdentity(Accounts accounts, ApiKeys keys, IdentitySettings settings, Clock clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(request);
  }

  @Override
  @Deprecated // the interface's older half; nothing calls it
  @SuppressWarnings("InlineMeSuggester")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return contextOf(holder.getRequest());
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // PersonSessions stores who signed in; nothing else of the context outlives the request
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return authenticate(request).isPresent();
  }

  private SecurityContext contextOf(HttpServletRequest request) {
    return authenticate(request)
        .<SecurityContext>map(SecurityContextImpl::new)
        .orElseGet(SecurityContextHolder::createEmptyContext);
  }

  private Optional<PersonAuthentication> authenticate(HttpServletRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? active(keys.personOf(authorization.substring(BEARER.length()).strip()))
              .map(account -> of(account, PersonAuthentication.Means.API_KEY))
          : Optional.empty();
    }
    return active(personOfSession(request))
        .map(account -> of(account, PersonAuthentication.Means.SESSION));
  }

  private static PersonAuthentication of(Account account, PersonAuthentication.Means means) {
    return new PersonAuthentication(account.scope(), means);
  }

  private Optional<Account> active(Optional<PersonId> person) {
    return person.flatMap(accounts::find).filter(Account::active);
  }

  private Optional<PersonId> personOfSession(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(PersonSessions.PERSON) instanceof String person)
        || !(session.getAttribute(PersonSessions.SIGNED_IN_AT) instanceof Long signedInAt)) {
      return Optional.empty();
    }
    var age = Duration.ofMillis(clock.millis() - signedInAt);
    return age.compareTo(settings.sessionLifetime()) < 0
        ? Optional.of(new PersonId(UUID.fromString(person)))
        : Optional.empty();
  }

  private final class Deferred implements DeferredSecurityContext {
    private final HttpServletRequest request;
    private @Nullable SecurityContext context;

    private Deferred(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public SecurityContext get() {
      var known = context;
      if (known == null) {
        known = contextOf(request);
        context = known;
      }
      return known;
    }

    @Override
    public boolean isGenerated() {
      return get().getAuthentication() == null;
    }
  }
}
