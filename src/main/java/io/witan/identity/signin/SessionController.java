package io.witan.identity.signin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.IdentityEvent;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.SetupLinks;
import io.witan.identity.people.Account;
import io.witan.shared.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Session")
class SessionController {
  private final SignIn signIn;
  private final PersonSessions sessions;
  private final Profiles profiles;
  private final SetupLinks setup;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;

  SessionController(
      SignIn signIn,
      PersonSessions sessions,
      Profiles profiles,
      SetupLinks setup,
      ScopedTransactions transactions,
      ApplicationEventPublisher events) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.profiles = profiles;
    this.setup = setup;
    this.transactions = transactions;
    this.events = events;
  }

  record SetupStatus(boolean required) {}

  record SetupRequest(
      @NotBlank @Size(max = 100) String token,
      @NotBlank @Email @Size(max = 254) String email,
      @NotBlank @Size(max = 100) String displayName,
      @NotBlank @Size(max = Passwords.MAX_LENGTH) String password,
      @Nullable @Pattern(regexp = "en|zh") String language) {
    @Override
    public String toString() {
      return "SetupRequest[]";
    }
  }

  record SignInRequest(
      @NotBlank @Size(max = 254) String email,
      @NotNull @Size(min = 1, max = Passwords.MAX_LENGTH) String password) {
    @Override
    public String toString() {
      return "SignInRequest[]";
    }
  }

  record InvitationAcceptance(
      @NotBlank @Size(max = 100) String token,
      @NotBlank @Size(max = Passwords.MAX_LENGTH) String password) {
    @Override
    public String toString() {
      return "InvitationAcceptance[]";
    }
  }

  @GetMapping("/setup")
  @Operation(summary = "Whether this installation still needs its first administrator")
  SetupStatus setupStatus() {
    return new SetupStatus(setup.isSetupRequired());
  }

  @PostMapping("/setup")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create the first administrator with the one-time set-up link")
  Me setUp(
      @Valid @RequestBody SetupRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    var language = wanted.language();
    var administrator =
        new SignIn.NewAdministrator(
            wanted.email(),
            wanted.displayName(),
            wanted.password(),
            language == null ? "en" : language);
    return start(
        signIn.bySetup(wanted.token(), administrator, request.getRemoteAddr()), request, response);
  }

  @PostMapping("/session")
  @Operation(summary = "Sign in")
  Me signIn(
      @Valid @RequestBody SignInRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (wanted.email().indexOf('\0') >= 0) {
      throw new InvalidInput("email", "is not an e-mail address");
    }
    return start(
        signIn.byPassword(wanted.email(), wanted.password(), request.getRemoteAddr()),
        request,
        response);
  }

  @GetMapping("/session")
  @Operation(summary = "Who is signed in")
  Me session(AccessScope scope) {
    return profiles.of(scope);
  }

  @DeleteMapping("/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Sign out")
  void signOut(AccessScope scope, HttpServletRequest request) {
    sessions.end(request);
    transactions.run(
        scope, () -> events.publishEvent(new IdentityEvent.SignedOut(scope.requirePerson())));
  }

  @PostMapping("/invitations")
  @Operation(summary = "Accept an invitation by choosing a password")
  Me accept(
      @Valid @RequestBody InvitationAcceptance wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    var account = signIn.byInvitation(wanted.token(), wanted.password(), request.getRemoteAddr());
    sessions.endAll(account.id());
    return start(account, request, response);
  }

  private Me start(Account account, HttpServletRequest request, HttpServletResponse response) {
    sessions.start(account, request, response);
    return profiles.of(account.scope());
  }
}
