package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentityEvent;
import io.witan.identity.PersonId;
import io.witan.identity.Role;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.people.Account;
import io.witan.identity.people.Accounts;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Decides who a person is: by password, set-up link or invitation. */
@Service
class SignIn {
  private final Accounts accounts;
  private final OneTimeLinks links;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  SignIn(
      Accounts accounts,
      OneTimeLinks links,
      Passwords passwords,
      SignInThrottle throttle,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.accounts = accounts;
    this.links = links;
    this.passwords = passwords;
    this.throttle = throttle;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The account with this e-mail and password.
   *
   * @param address where the request comes from
   * @throws WrongCredentials without telling what is wrong, in the same time
   * @throws TooManyAttempts if this address guessed too often
   */
  Account byPassword(String email, String password, String address) {
    var attempt = throttle.begin(address, email);
    var account = accounts.findByEmail(email).orElse(null);
    boolean matches = passwords.matches(password, account);
    if (account == null || !matches || !account.active()) {
      refused(account);
      throw new WrongCredentials();
    }
    attempt.succeeded();
    transactions.run(account.scope(), () -> signedIn(account));
    return account;
  }

  /**
   * Creates the first administrator.
   *
   * @throws SetupDone if there is one
   * @throws SetupLinkExpired if the token does not work, or no longer
   */
  Account bySetup(String token, NewAdministrator wanted, String address) {
    var attempt = throttle.begin(address);
    var account =
        transactions.write(
            AccessScope.nobody(),
            () -> {
              accounts.lockSetup();
              if (accounts.administratorExists()) {
                throw new SetupDone();
              }
              if (!links.useSetUp(token)) {
                throw new SetupLinkExpired();
              }
              passwords.requireStrong(wanted.password(), wanted.email());
              return create(wanted);
            });
    attempt.succeeded();
    return account;
  }

  /** What the first administrator tells about themselves. */
  record NewAdministrator(String email, String displayName, String password, String language) {
    @Override
    public String toString() {
      return "NewAdministrator[]";
    }
  }

  private Account create(NewAdministrator wanted) {
    var account =
        new Account(
            new PersonId(UUID.randomUUID()),
            wanted.email().strip(),
            wanted.displayName().strip(),
            Role.ADMINISTRATOR,
            passwords.hash(wanted.password()),
            wanted.language(),
            true,
            clock.instant(),
            null);
    accounts.insert(account);
    events.publishEvent(new IdentityEvent.FirstAdministratorCreated(account.id(), account.email()));
    signedIn(account);
    return account;
  }

  /**
   * Sets the password of an invited person.
   *
   * @throws InvitationExpired if the token does not work, or no longer
   */
  Account byInvitation(String token, String password, String address) {
    var attempt = throttle.begin(address);
    var account =
        transactions.write(
            AccessScope.nobody(),
            () -> {
              var invited =
                  links
                      .useInvitation(token)
                      .flatMap(accounts::find)
                      .filter(Account::active)
                      .orElseThrow(InvitationExpired::new);
              passwords.requireStrong(password, invited.email());
              accounts.setPasswordHash(invited.id(), passwords.hash(password));
              events.publishEvent(new IdentityEvent.PasswordChanged(invited.id(), invited.id()));
              signedIn(invited);
              return invited;
            });
    attempt.succeeded();
    return account;
  }

  /**
   * Replaces the password of somebody who knows the present one.
   *
   * @throws WrongPassword if the present one is wrong
   */
  void changePassword(AccessScope scope, String present, String wanted, String address) {
    var account = accounts.find(scope.requirePerson()).orElseThrow(WrongPassword::new);
    var attempt = throttle.begin(address, account.email());
    if (!passwords.matches(present, account)) {
      throw new WrongPassword();
    }
    attempt.succeeded();
    passwords.requireStrong(wanted, account.email());
    var hash = passwords.hash(wanted);
    transactions.run(
        scope,
        () -> {
          accounts.setPasswordHash(account.id(), hash);
          links.revoke(account.id());
          events.publishEvent(new IdentityEvent.PasswordChanged(account.id(), account.id()));
        });
  }

  private void refused(@Nullable Account account) {
    var person = account == null ? null : account.id();
    transactions.run(
        AccessScope.nobody(), () -> events.publishEvent(new IdentityEvent.SignInRefused(person)));
  }

  private void signedIn(Account account) {
    accounts.setLastSignIn(account.id(), clock.instant());
    events.publishEvent(new IdentityEvent.SignedIn(account.id(), account.email()));
  }
}
