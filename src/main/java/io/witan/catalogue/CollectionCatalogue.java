package io.witan.catalogue;

import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds collections under a scope; what the scope may not read is not there. */
@Service
public class CollectionCatalogue {
  private static final String SELECT =
      """
      select c.id, c.name, c.description, c.sample, c.may_leave, c.created_at, c.updated_at,
             case when c.id = any (array (select catalogue.permitted_collections('MANAGE'))) then 'MANAGE'
                  when c.id = any (array (select catalogue.permitted_collections('CONTRIBUTE'))) then 'CONTRIBUTE'
                  else 'READ' end as access
        from catalogue.collection c
      """;

  private static final RowMapper<CollectionSummary> SUMMARY =
      (row, number) ->
          new CollectionSummary(
              new CollectionId(row.getObject("id", UUID.class)),
              row.getString("name"),
              row.getString("description"),
              Access.valueOf(row.getString("access")),
              row.getBoolean("sample"),
              row.getBoolean("may_leave"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  CollectionCatalogue(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Everything the scope may read, by name. */
  public List<CollectionSummary> readable(AccessScope scope) {
    return transactions.read(
        scope, () -> jdbc.sql(SELECT + " order by lower(c.name), c.id").query(SUMMARY).list());
  }

  /** Of what the scope may read, what may be sent to generators on other machines. */
  public Set<CollectionId> leaving(AccessScope scope) {
    return transactions.read(
        scope,
        () ->
            jdbc.sql("select id from catalogue.collection where may_leave")
                .query((row, number) -> new CollectionId(row.getObject("id", UUID.class)))
                .set());
  }

  public Optional<CollectionSummary> find(AccessScope scope, CollectionId id) {
    return transactions.read(
        scope,
        () -> jdbc.sql(SELECT + " where c.id = ?").param(id.value()).query(SUMMARY).optional());
  }

  /**
   * The collection, if the scope may do this with it.
   *
   * @throws CollectionNotFound if the scope may not read it, or it does not exist
   * @throws CollectionAccessMissing if the scope may read it, but not more
   */
  public CollectionSummary require(AccessScope scope, CollectionId id, Access needed) {
    var collection = find(scope, id).orElseThrow(() -> new CollectionNotFound(id));
    if (!collection.access().includes(needed)) {
      throw new CollectionAccessMissing(collection.name(), needed);
    }
    return collection;
  }
}
