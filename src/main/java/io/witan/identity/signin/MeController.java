package io.witan.identity.signin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.BrowserSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Account")
class MeController {
  private final Profiles profiles;
  private final SignIn signIn;
  private final PersonSessions sessions;

  MeController(Profiles profiles, SignIn signIn, PersonSessions sessions) {
    this.profiles = profiles;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  record ProfileChange(
      @Nullable @Size(max = 100) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
          String displayName,
      @Nullable @Pattern(regexp = "en|zh", message = "must be en or zh") String language) {}

  record PasswordChange(
      @NotBlank @Size(max = Passwords.MAX_LENGTH) String currentPassword,
      @NotBlank @Size(max = Passwords.MAX_LENGTH) String newPassword) {
    @Override
    public String toString() {
      return "PasswordChange[]";
    }
  }

  @PatchMapping
  @Operation(summary = "Change your name or language")
  Me change(AccessScope scope, @Valid @RequestBody ProfileChange change) {
    return profiles.change(scope, change.displayName(), change.language());
  }

  @PostMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Change your password; your other sessions end. Needs a browser session")
  void changePassword(
      AccessScope scope,
      BrowserSession session,
      @Valid @RequestBody PasswordChange change,
      HttpServletRequest request) {
    signIn.changePassword(
        scope, change.currentPassword(), change.newPassword(), request.getRemoteAddr());
    sessions.endAllBut(scope.requirePerson(), request.getSession(false));
  }
}
