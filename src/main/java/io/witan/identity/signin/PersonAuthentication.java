package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Who sent a request, as the security filter chain sees it. */
public final class PersonAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  /** How the request proved who sent it. */
  enum Means {
    SESSION,
    API_KEY
  }

  @SuppressWarnings("serial") // made anew for each request, never stored
  private final AccessScope scope;

  private final Means means;

  PersonAuthentication(AccessScope scope, Means means) {
    super(authorities(scope));
    this.scope = scope;
    this.means = means;
    setAuthenticated(true);
  }

  private static List<GrantedAuthority> authorities(AccessScope scope) {
    var member = new SimpleGrantedAuthority("ROLE_MEMBER");
    return scope.isAdministrator()
        ? List.of(member, new SimpleGrantedAuthority("ROLE_ADMINISTRATOR"))
        : List.of(member);
  }

  AccessScope scope() {
    return scope;
  }

  boolean isSession() {
    return means == Means.SESSION;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public Object getPrincipal() {
    return scope.requirePerson().toString();
  }
}
