package io.witan.catalogue;

import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts to whom collections are open, as far as the scope may see them. */
@Repository
class ReaderCounts {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  ReaderCounts(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  Map<CollectionId, Collection.Readers> of(AccessScope scope, List<CollectionId> ids) {
    var counts = new HashMap<CollectionId, Collection.Readers>();
    transactions.read(
        scope,
        () -> {
          jdbc.sql(
                  """
                  select collection_id, bool_or(person_id is null and group_id is null),
                         count(person_id), count(group_id)
                    from catalogue.permission where collection_id = any (?) group by collection_id
                  """)
              .param(ids.stream().map(CollectionId::value).toArray(UUID[]::new))
              .query(
                  row -> {
                    counts.put(
                        new CollectionId(row.getObject(1, UUID.class)),
                        new Collection.Readers(row.getBoolean(2), row.getInt(3), row.getInt(4)));
                  });
          return true;
        });
    return counts;
  }
}
