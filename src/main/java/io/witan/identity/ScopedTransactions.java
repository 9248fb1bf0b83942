package io.witan.identity;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction whose row-level security knows the scope.
 *
 * <p>The scope is set with {@code set_config(…, true)}, so it ends with the transaction and cannot
 * leak through a pooled connection. A nested call joins the transaction and must have the same
 * scope.
 */
@Component
public class ScopedTransactions {
  private static final Object CURRENT = new Object();

  private final JdbcClient jdbc;
  private final TransactionTemplate writing;
  private final TransactionTemplate reading;

  ScopedTransactions(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.writing = new TransactionTemplate(transactions);
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
  }

  /** Reads under the scope. */
  public <T extends @Nullable Object> T read(AccessScope scope, Supplier<T> work) {
    return run(reading, scope, work);
  }

  /** Reads and writes under the scope; everything or nothing. */
  public <T extends @Nullable Object> T write(AccessScope scope, Supplier<T> work) {
    return run(writing, scope, work);
  }

  /** As {@link #write(AccessScope, Supplier)}, without a result. */
  public void run(AccessScope scope, Runnable work) {
    write(
        scope,
        () -> {
          work.run();
          return true;
        });
  }

  @SuppressWarnings("NullAway") // the template returns what the work returned, null included
  private <T extends @Nullable Object> T run(
      TransactionTemplate template, AccessScope scope, Supplier<T> work) {
    var outer = TransactionSynchronizationManager.getResource(CURRENT);
    if (outer != null) {
      if (!outer.equals(scope)) {
        throw new IllegalStateException("a transaction of " + outer + " cannot run as " + scope);
      }
      return work.get();
    }
    return template.execute(
        status -> {
          enter(scope);
          TransactionSynchronizationManager.bindResource(CURRENT, scope);
          try {
            return work.get();
          } finally {
            TransactionSynchronizationManager.unbindResource(CURRENT);
          }
        });
  }

  private void enter(AccessScope scope) {
    UUID person = scope.personId();
    jdbc.sql("select set_config('witan.person', ?, true), set_config('witan.worker', ?, true)")
        .param(person == null ? "" : person.toString())
        .param(scope instanceof AccessScope.Worker ? "on" : "")
        .query((row, number) -> true)
        .single();
  }
}
