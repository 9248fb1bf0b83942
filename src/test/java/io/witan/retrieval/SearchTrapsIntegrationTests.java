package io.witan.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What PostgreSQL and pgvector do to a careless search, and that the door does not fall for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTrapsIntegrationTests {
  private static final int COLLECTIONS = 40;
  private static final int PASSAGES = 4000;
  private static final int DEPTH = 50;

  /** Passages of one collection lie together: each has a direction of its own, and noise. */
  private static final String FILL =
      """
      create function pg_temp.vector(center integer, item integer) returns public.halfvec
        language sql volatile as $$
        select array_agg(sin(center * 7.1 + i * 1.7 + center * i * 0.13) + 1.2 * (random() - 0.5)
                         order by i)::real[]::public.halfvec from generate_series(1, 384) i $$;
      select setseed(0.42);
      insert into catalogue.collection (id, name, created_at, updated_at)
      select lpad(c::text, 32, '0')::uuid, 'c' || c, now(), now()
        from generate_series(1, %1$d) c;
      insert into retrieval.source
             (id, document_id, collection_id, title, revision, uploaded_at, current)
      select id, id, id, 'source', 1, now(), true from catalogue.collection;
      insert into retrieval.passage
             (id, source_id, collection_id, ordinal, start_offset, end_offset, heading, language,
              text, terms, term_count)
      select lpad(p::text, 32, '0')::uuid, s.id, s.id, p, 0, 1, '', 'en', 'x',
             ('common:1 word' || p %% 97 || ':2')::tsvector, 2
        from generate_series(1, %2$d) p
             join retrieval.source s on s.id = lpad((1 + p %% %1$d)::text, 32, '0')::uuid;
      insert into retrieval.vector_en (passage_id, collection_id, embedder, embedding)
      select p.id, p.collection_id, 'test', pg_temp.vector(1 + p.ordinal %% %1$d, p.ordinal)
        from retrieval.passage p;
      analyze retrieval.passage; analyze retrieval.vector_en;
      """
          .formatted(COLLECTIONS, PASSAGES);

  private RetrievalFixture fixture;
  private Connection connection;
  private Statement statement;

  @BeforeAll
  void fill() throws SQLException {
    fixture = new RetrievalFixture(2);
    connection = TestDatabase.superuser(fixture.database);
    statement = connection.createStatement();
    statement.execute(FILL);
  }

  @AfterAll
  void stop() throws SQLException {
    connection.close();
    fixture.close();
  }

  @Test
  void anIndexScanWithoutIterationReturnsTooFewAndTheDoorDoesNot() throws SQLException {
    statement.execute("begin; set local enable_sort = off; set local hnsw.iterative_scan = off");
    int careless =
        ids("""
                select passage_id from retrieval.vector_en
                 where collection_id = any ((%s)::uuid[]) and embedder = 'test'
                 order by embedding operator(public.<=>) %s limit %d
                """
                .formatted(scope(2, 3), query(30), DEPTH))
            .size();
    statement.execute("rollback");

    assertThat(careless).as("pgvector's default").isLessThan(DEPTH);
    assertThat(nearest(scope(2, 3), 30, 200)).hasSize(DEPTH);
    assertThat(nearest(scope(2, 3), 30, 1_000_000)).as("by the index").hasSize(DEPTH);
  }

  @Test
  void theIndexFindsNearlyWhatAnExactSearchFinds() throws SQLException {
    for (int width : List.of(COLLECTIONS, COLLECTIONS / 2, COLLECTIONS / 4)) {
      double found = 0;
      int queries = 10;
      for (int center = 1; center <= queries; center++) {
        var exact = nearest(scope(1, width), center * 4, PASSAGES);
        var indexed = new HashSet<>(nearest(scope(1, width), center * 4, 1_000_000L * width));
        found += exact.stream().limit(10).filter(indexed::contains).count() / 10.0;
      }
      assertThat(found / queries).as("recall@10 over %d collections", width).isGreaterThan(0.85);
    }
  }

  @Test
  void whoeverMayReadNothingCostsNothing() throws SQLException {
    var stranger = fixture.aPerson();
    String plan =
        """
        explain (analyze, buffers, format text)
        select * from retrieval.search('%1$s', null, '{common}', %2$s, 'test', null, '', 50)
        """
            .formatted(stranger, query(3));
    statement.execute(
        "begin; set local role witan_app; set local witan.person = '" + stranger + "'");
    ids(plan); // the first call of a session reads the catalogue
    var explained = String.join("\n", ids(plan));
    statement.execute("rollback");

    var buffers = java.util.regex.Pattern.compile("shared hit=(\\d+)").matcher(explained);
    assertThat(explained).contains("rows=0");
    assertThat(!buffers.find() || Integer.parseInt(buffers.group(1)) < 200).as(explained).isTrue();
  }

  @Test
  void belowAPolicyTheFullTextIndexIsOutOfReachAndTheDoorUsesIt() throws SQLException {
    String search = "explain select id from retrieval.passage where terms @@ 'word5'::tsquery";
    statement.execute("begin; set local enable_seqscan = off; set local role witan_app");
    var below = String.join("\n", ids(search));
    statement.execute("reset role; set local role witan_search");
    var inside = String.join("\n", ids(search));
    statement.execute("rollback");

    assertThat(below).doesNotContain("passage_terms_ix");
    assertThat(inside).contains("passage_terms_ix");
  }

  @Test
  void aTermThatIsEverywhereDoesNotDriveTheSearch() throws SQLException {
    var found =
        ids(
            """
            select passage_id from retrieval.lexical('{common,word5}', '{0.001,4}',
              '{60000,%d}', %s, 60000, 1000)
            """
                .formatted(PASSAGES / 97, scope(1, COLLECTIONS)));

    assertThat(found).hasSizeBetween(PASSAGES / 97, PASSAGES / 97 + 1);
  }

  @Test
  void vectorIndexesAreBuiltWithoutParallelWorkers() throws Exception {
    try (var migration =
        getClass().getResourceAsStream("/db/migration/retrieval/V020__retrieval_passages.sql")) {
      assertThat(migration).isNotNull();
      var sql = new String(migration.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(sql.indexOf("max_parallel_maintenance_workers = 0"))
          .isBetween(0, sql.indexOf("using hnsw"));
    }
  }

  /** Passages of those collections nearest to the middle of one, as the door asks for them. */
  private List<String> nearest(String scope, int center, long permitted) throws SQLException {
    return ids(
        """
        select passage_id from retrieval.nearest('retrieval.vector_en', %s, 'test', %s, %d, %d, %d)
         order by cosine desc
        """
            .formatted(query(center), scope, permitted, Math.max(permitted, PASSAGES), DEPTH));
  }

  private static String scope(int from, int to) {
    return "(select array_agg(lpad(c::text, 32, '0')::uuid) from generate_series(%d, %d) c)"
        .formatted(from, to);
  }

  private static String query(int center) {
    return """
        (select array_agg(sin(%1$d * 7.1 + i * 1.7 + %1$d * i * 0.13) order by i)::real[]::public.halfvec
           from generate_series(1, 384) i)"""
        .formatted(center);
  }

  private List<String> ids(String sql) throws SQLException {
    var ids = new ArrayList<String>();
    try (var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}
