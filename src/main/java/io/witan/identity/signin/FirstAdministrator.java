package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentitySettings;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.SetupLinks;
import io.witan.identity.people.Accounts;
import java.util.Optional;
import org.springframework.stereotype.Service;

@Service
class FirstAdministrator implements SetupLinks {
  private final Accounts accounts;
  private final OneTimeLinks links;
  private final IdentitySettings settings;
  private final ScopedTransactions transactions;

  FirstAdministrator(
      Accounts accounts,
      OneTimeLinks links,
      IdentitySettings settings,
      ScopedTransactions transactions) {
    this.accounts = accounts;
    this.links = links;
    this.settings = settings;
    this.transactions = transactions;
  }

  @Override
  public Optional<String> issue() {
    return transactions.write(
        AccessScope.nobody(),
        () -> {
          accounts.lockSetup();
          return accounts.administratorExists()
              ? Optional.<String>empty()
              : Optional.of(links.setUp(settings.setupLinkLifetime()).token());
        });
  }

  @Override
  public boolean isSetupRequired() {
    return !accounts.administratorExists();
  }
}
