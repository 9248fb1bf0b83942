package io.witan.catalogue;

import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People and collections for tests of the modules above. */
public final class TestCatalogue {
  private static final AccessScope WORKER = AccessScope.worker("test");

  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  public TestCatalogue(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** A new active member. */
  public AccessScope member(String name) {
    return AccessScope.of(person(name, "MEMBER"), false);
  }

  /** A new active administrator. */
  public AccessScope administrator(String name) {
    return AccessScope.of(person(name, "ADMINISTRATOR"), true);
  }

  /** A collection that these people may read. */
  public CollectionId collection(String name, AccessScope... readers) {
    var id = new CollectionId(UUID.randomUUID());
    transactions.run(
        WORKER,
        () ->
            jdbc.sql(
                    """
                    insert into catalogue.collection (id, name, created_at, updated_at)
                    values (?, ?, now(), now())
                    """)
                .param(id.value())
                .param(name)
                .update());
    for (var reader : readers) {
      permit(id, reader);
    }
    return id;
  }

  public void permit(CollectionId collection, AccessScope reader) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql(
                    """
                    insert into catalogue.permission (collection_id, person_id, access)
                    values (?, ?, 'READ')
                    """)
                .param(collection.value())
                .param(reader.requirePerson().value())
                .update());
  }

  /** Takes every permission on the collection from the person. */
  public void withdraw(CollectionId collection, AccessScope reader) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql("delete from catalogue.permission where collection_id = ? and person_id = ?")
                .param(collection.value())
                .param(reader.requirePerson().value())
                .update());
  }

  public void delete(CollectionId collection) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql("delete from catalogue.collection where id = ?")
                .param(collection.value())
                .update());
  }

  private PersonId person(String name, String role) {
    var id = new PersonId(UUID.randomUUID());
    transactions.run(
        WORKER,
        () ->
            jdbc.sql(
                    """
                    insert into identity.person (id, email, display_name, role, created_at)
                    values (?, ?, ?, ?, now())
                    """)
                .param(id.value())
                .param(id + "@example.org")
                .param(name)
                .param(role)
                .update());
    return id;
  }
}
