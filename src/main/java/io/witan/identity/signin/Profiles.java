package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentitySettings;
import io.witan.identity.NotSignedIn;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.people.Account;
import io.witan.identity.people.Accounts;
import io.witan.identity.people.Groups;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What people see and change of themselves. */
@Service
class Profiles {
  private final Accounts accounts;
  private final Groups groups;
  private final IdentitySettings settings;
  private final ScopedTransactions transactions;

  Profiles(
      Accounts accounts,
      Groups groups,
      IdentitySettings settings,
      ScopedTransactions transactions) {
    this.accounts = accounts;
    this.groups = groups;
    this.settings = settings;
    this.transactions = transactions;
  }

  Me of(AccessScope scope) {
    var account = accounts.find(scope.requirePerson()).orElseThrow(NotSignedIn::new);
    return new Me(
        account.id().value(),
        account.email(),
        account.displayName(),
        account.role(),
        account.language(),
        groups.of(List.of(account.id())).getOrDefault(account.id(), List.of()),
        settings.mayCreateCollections(scope));
  }

  /** Changes what is given; null leaves as it is. */
  Me change(AccessScope scope, @Nullable String displayName, @Nullable String language) {
    transactions.run(
        scope,
        () -> {
          var old = accounts.find(scope.requirePerson()).orElseThrow(NotSignedIn::new);
          accounts.update(
              new Account(
                  old.id(),
                  old.email(),
                  displayName == null ? old.displayName() : displayName.strip(),
                  old.role(),
                  old.passwordHash(),
                  language == null ? old.language() : language,
                  old.active(),
                  old.createdAt(),
                  old.lastSignInAt()));
        });
    return of(scope);
  }
}
