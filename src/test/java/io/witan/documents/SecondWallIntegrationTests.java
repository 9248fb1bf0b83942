package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.documents.Library.Upload;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What row-level security does when the code above it forgets to ask. */
@DocumentsApplication
class SecondWallIntegrationTests {
  @Autowired Library library;
  @Autowired ScopedTransactions transactions;
  @Autowired JdbcClient jdbc;

  @Test
  void hidesEveryTableFromWhomMayNotRead() {
    var bea = library.member("bea");
    var frank = library.member("frank");
    var collection = bea.collection("walled");
    bea.indexed(bea.add(collection, Upload.of("walled.txt", "Nobody else may read this.")));
    var scope = AccessScope.of(new PersonId(UUID.fromString(library.cast().id("frank"))), false);

    for (var table : tables()) {
      var sql = "select count(*) from documents." + table + " where collection_id = ?";
      assertThat(library.number(sql, collection))
          .as(table)
          .isEqualTo(table.equals("page_layout") ? 0 : 1);
      assertThat(count(scope, sql, collection)).as(table).isZero();
      assertThat(count(AccessScope.nobody(), sql, collection)).as(table).isZero();
      assertThat(jdbc.sql(sql).param(collection).query(Long.class).single()).as(table).isZero();
    }
    assertThat(
            frank
                .api
                .get("/api/v1/documents?collectionId=" + collection)
                .json()
                .path("items")
                .size())
        .isZero();
  }

  @Test
  void letsReadersChangeNothing() {
    var bea = library.member("bea");
    library.member("gina");
    var collection = bea.collection("read only");
    bea.indexed(bea.add(collection, Upload.of("read.txt", "Gina may read this.")));
    bea.permit(collection, "bea MANAGE", "gina READ");
    var gina = AccessScope.of(new PersonId(UUID.fromString(library.cast().id("gina"))), false);

    assertThat(
            count(
                gina,
                "select count(*) from documents.document where collection_id = ?",
                collection))
        .isEqualTo(1);
    assertThat(
            update(
                gina,
                "update documents.document set title = 'x' where collection_id = ?",
                collection))
        .isZero();
    assertThat(update(gina, "delete from documents.document where collection_id = ?", collection))
        .isZero();
    assertThatThrownBy(
            () ->
                update(
                    gina,
                    "insert into documents.original (id, collection_id, started_at) values (gen_random_uuid(), ?, now())",
                    collection))
        .rootCause()
        .hasMessageContaining("row-level security");
    assertThatThrownBy(
            () ->
                update(
                    AccessScope.worker("test"),
                    "update documents.text_part set content = 'x' where collection_id = ?",
                    collection))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  private java.util.List<String> tables() {
    return jdbc.sql(
            "select tablename from pg_tables where schemaname = 'documents' and tablename <> 'scheduled_tasks'")
        .query(String.class)
        .list();
  }

  private long count(AccessScope scope, String sql, UUID collection) {
    return transactions.read(
        scope, () -> jdbc.sql(sql).param(collection).query(Long.class).single());
  }

  private int update(AccessScope scope, String sql, UUID collection) {
    return transactions.write(scope, () -> jdbc.sql(sql).param(collection).update());
  }
}
