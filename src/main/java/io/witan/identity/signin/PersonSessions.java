package io.witan.identity.signin;

import io.witan.identity.PersonId;
import io.witan.identity.people.Account;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** Starts and ends the browser sessions of people; a session knows who, never what they may. */
@Component
public class PersonSessions {
  static final String PERSON = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
  static final String SIGNED_IN_AT = "witan.signed-in-at";

  private final FindByIndexNameSessionRepository<? extends Session> sessions;
  private final SessionAuthenticationStrategy onSignIn;
  private final Clock clock;

  PersonSessions(
      FindByIndexNameSessionRepository<? extends Session> sessions,
      SessionAuthenticationStrategy onSignIn,
      Clock clock) {
    this.sessions = sessions;
    this.onSignIn = onSignIn;
    this.clock = clock;
  }

  /** Signs the browser in with a new session, so that one planted before cannot be shared. */
  void start(Account account, HttpServletRequest request, HttpServletResponse response) {
    end(request);
    var session = request.getSession(true);
    session.setAttribute(PERSON, account.id().toString());
    session.setAttribute(SIGNED_IN_AT, clock.millis());
    onSignIn.onAuthentication(
        new PersonAuthentication(account.scope(), PersonAuthentication.Means.SESSION),
        request,
        response);
  }

  void end(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** Ends every session of the person, wherever it was started. */
  public void endAll(PersonId person) {
    endAllBut(person, null);
  }

  void endAllBut(PersonId person, @Nullable HttpSession kept) {
    var keptId = kept == null ? "" : kept.getId();
    for (String id : sessions.findByPrincipalName(person.toString()).keySet()) {
      if (!id.equals(keptId)) {
        sessions.deleteById(id);
      }
    }
  }
}
