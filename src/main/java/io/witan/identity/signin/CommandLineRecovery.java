package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import io.witan.identity.AccountRecovery;
import io.witan.identity.IdentityEvent;
import io.witan.identity.IdentitySettings;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.people.Account;
import io.witan.identity.people.Accounts;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

@Service
class CommandLineRecovery implements AccountRecovery {
  private final Accounts accounts;
  private final OneTimeLinks links;
  private final Passwords passwords;
  private final PersonSessions sessions;
  private final IdentitySettings settings;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;

  CommandLineRecovery(
      Accounts accounts,
      OneTimeLinks links,
      Passwords passwords,
      PersonSessions sessions,
      IdentitySettings settings,
      ScopedTransactions transactions,
      ApplicationEventPublisher events) {
    this.accounts = accounts;
    this.links = links;
    this.passwords = passwords;
    this.sessions = sessions;
    this.settings = settings;
    this.transactions = transactions;
    this.events = events;
  }

  @Override
  public boolean knows(String email) {
    return transactions.read(AccessScope.nobody(), () -> accounts.findByEmail(email).isPresent());
  }

  @Override
  public Optional<String> invite(String email) {
    return transactions.write(
        AccessScope.nobody(),
        () ->
            accounts
                .findByEmail(email)
                .map(
                    account -> {
                      accounts.update(activated(account));
                      events.publishEvent(
                          new IdentityEvent.PersonInvited(null, account.id(), account.email()));
                      return links.invite(account.id(), settings.invitationLifetime()).token();
                    }));
  }

  @Override
  public boolean setPassword(String email, String password) {
    passwords.requireStrong(password, email);
    var hash = passwords.hash(password);
    var account =
        transactions.write(
            AccessScope.nobody(),
            () -> {
              var found = accounts.findByEmail(email);
              found.ifPresent(
                  known -> {
                    accounts.update(activated(known));
                    accounts.setPasswordHash(known.id(), hash);
                    links.revoke(known.id());
                    events.publishEvent(new IdentityEvent.PasswordChanged(null, known.id()));
                  });
              return found;
            });
    account.ifPresent(known -> sessions.endAll(known.id()));
    return account.isPresent();
  }

  private static Account activated(Account account) {
    return new Account(
        account.id(),
        account.email(),
        account.displayName(),
        account.role(),
        account.passwordHash(),
        account.language(),
        true,
        account.createdAt(),
        account.lastSignInAt());
  }
}
