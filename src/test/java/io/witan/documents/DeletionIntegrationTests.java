package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.Library.Upload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DocumentsApplication
class DeletionIntegrationTests {
  @Autowired Library library;
  @Autowired JdbcClient jdbc;
  @Autowired Superuser everything;

  @Test
  void leavesNothingOfADeletedDocument() {
    var bea = library.member("bea");
    var collection = bea.collection("deletion");
    library.settle();
    var before = rows();
    var id =
        bea.add(
            collection,
            Upload.of("gone.md", "# Zanzibar\n\nThe zyzzyva protocol was signed in Zanzibar."));
    bea.indexed(id);
    bea.upload(collection, Upload.of("gone.md", "# Zanzibar\n\nThe zyzzyva protocol was revoked."));
    bea.indexed(id);
    assertThat(rows()).isNotEqualTo(before);

    var answer = bea.api.delete("/api/v1/documents/" + id);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(bea.api.get("/api/v1/documents/" + id).status()).isEqualTo(404);
    // the collection's sum of statistics stays, with nothing in it
    before.merge("retrieval.corpus", 1L, Long::sum);
    assertThat(rows()).isEqualTo(before);
    var stillCounted =
        "retrieval.corpus where passages + terms > 0 and collection_id = '" + collection + "'";
    assertThat(everything.count(stillCounted)).isZero();
  }

  @Test
  void leavesNothingOfTheDocumentsOfADeletedCollection() {
    var bea = library.member("bea");
    library.settle();
    var before = rows();
    var collection = bea.collection("deleted as a whole");
    var indexed =
        bea.add(
            collection,
            Upload.of("one.md", "# One\n\nThe first document of a collection that goes."));
    bea.indexed(indexed);
    for (int i = 0; i < 5; i++) {
      bea.add(
          collection,
          Upload.of("late-" + i + ".md", "Still on its way when the collection goes: " + i));
    }

    var answer = bea.api.delete("/api/v1/collections/" + collection);

    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
  }

  @Test
  void deletesEachOfSeveralByItself() {
    var bea = library.member("bea");
    var carl = library.member("carl");
    var mine = bea.add(bea.collection("bulk"), Upload.of("mine.txt", "Mine to delete."));
    var foreign =
        carl.add(carl.collection("carl's bulk"), Upload.of("his.txt", "Not hers to delete."));

    var results =
        bea.api
            .post(
                "/api/v1/documents/delete",
                Map.of("ids", List.of(mine, foreign, UUID.randomUUID())))
            .json()
            .path("results");

    assertThat(results.valueStream().map(r -> r.path("deleted").asBoolean()))
        .containsExactly(true, false, false);
    assertThat(results.get(1).path("problem").path("code").asString())
        .isEqualTo("document-not-found");
    carl.indexed(foreign);
  }

  /** How many rows each table of documents and retrieval has, row-level security or not. */
  private Map<String, Long> rows() {
    var counts = new LinkedHashMap<String, Long>();
    jdbc.sql(
            """
            select schemaname || '.' || tablename from pg_tables
             where schemaname in ('documents', 'retrieval') order by 1
            """)
        .query(String.class)
        .list()
        .forEach(table -> counts.put(table, everything.count(table)));
    return counts;
  }
}
