package io.witan.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassageIndexIntegrationTests {
  private RetrievalFixture fixture;
  private PersonId reader;
  private CollectionId collection;

  @BeforeAll
  void start() {
    fixture = new RetrievalFixture(6);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void collection() {
    reader = fixture.aPerson();
    collection = fixture.aCollectionOf(reader);
  }

  @Test
  void findsByWordAndTellsWhere() {
    fixture.aDocument(collection, "Leave", "Holidays are granted by team leads. ", "Cats sleep.");

    var hit = fixture.search(reader, "who grants holidays?").getFirst();

    assertThat(hit.rank()).isEqualTo(1);
    assertThat(hit.title()).isEqualTo("Leave");
    assertThat(hit.text()).isEqualTo("Holidays are granted by team leads. ");
    assertThat(hit.start()).isZero();
    assertThat(hit.end()).isEqualTo(36);
    assertThat(hit.signals().bm25()).isPositive();
  }

  @Test
  void findsTraditionalCharactersBySimplifiedOnes() {
    fixture.aDocument(collection, "地理", "臺灣最高的山是玉山，海拔三千九百五十二公尺。", "北京是中国的首都。");

    var hit = fixture.search(reader, "台湾最高的山").getFirst();

    assertThat(hit.text()).startsWith("臺灣");
    assertThat(hit.language()).isEqualTo("zh");
  }

  @Test
  void findsByWordsOfTheTitle() {
    fixture.aDocument(
        collection, "Zeppelin Maintenance", "Grease the bearings.", "Check the hull.");

    assertThat(fixture.search(reader, "zeppelin")).hasSize(2);
  }

  @Test
  void newRevisionTakesTheOldOnesPlace() {
    var first = fixture.aDocument(collection, "Rules", "Smoking is permitted outdoors.");
    var second =
        fixture.aRevision(first.documentId(), 2, collection, "Rules", "Vaping is forbidden.");

    var scope = AccessScope.of(reader, false);
    assertThat(fixture.search(reader, "smoking permitted outdoors"))
        .extracting(Hit::textVersionId)
        .containsOnly(second.id());
    var sources = fixture.sources.readable(scope, List.of(first.id(), second.id()));
    assertThat(sources.values())
        .extracting(SourceView::id, SourceView::current)
        .containsExactlyInAnyOrder(tuple(first.id(), false), tuple(second.id(), true));
    assertThat(fixture.wrongStatistics()).isEmpty();
  }

  @Test
  void indexingTheSameTextVersionAgainChangesNothing() {
    var source = fixture.aDocument(collection, "Same", "One text about gardens.");
    var draft = new PassageDraft(0, 0, 23, "", "en", null, "One text about gardens.");
    var embedded = fixture.index.embed("Same", List.of(draft), part -> {});

    fixture.transactions.run(
        RetrievalFixture.WORKER, () -> fixture.index.replace(source, embedded));

    assertThat(fixture.search(reader, "gardens")).hasSize(1);
    assertThat(fixture.wrongStatistics()).isEmpty();
  }

  @Test
  void removalLeavesNothingAndSaysSo() {
    var source = fixture.aDocument(collection, "Secret", "The vault opens at noon.");
    fixture.removed.clear();

    fixture.transactions.run(
        RetrievalFixture.WORKER, () -> fixture.index.removeDocument(source.documentId()));

    assertThat(fixture.search(reader, "vault")).isEmpty();
    assertThat(fixture.sources.readable(AccessScope.of(reader, false), List.of(source.id())))
        .isEmpty();
    assertThat(fixture.removed)
        .containsExactly(new SourcesRemoved(source.documentId(), collection));
    assertThat(fixture.wrongStatistics()).isEmpty();
  }

  @Test
  void renamingMovesTheWordsOfTheTitle() {
    var source = fixture.aDocument(collection, "Oldname", "Body text.");

    fixture.transactions.run(
        RetrievalFixture.WORKER, () -> fixture.index.rename(source.documentId(), "Newname"));

    assertThat(fixture.search(reader, "newname").getFirst().title()).isEqualTo("Newname");
    assertThat(fixture.search(reader, "oldname"))
        .allSatisfy(hit -> assertThat(hit.signals().bm25()).isZero());
    assertThat(fixture.wrongStatistics()).isEmpty();
  }

  @Test
  void readsTextAroundACitation() {
    var source = fixture.aDocument(collection, "Long", "First part. ", "Second part.");
    var scope = AccessScope.of(reader, false);

    assertThat(fixture.passages.around(scope, source.id(), 6, 18))
        .hasValue(new PassageText(0, "First part. Second part."));
    assertThat(fixture.passages.around(scope, source.id(), 6, 25)).isEmpty();
    assertThat(fixture.passages.around(AccessScope.nobody(), source.id(), 6, 18)).isEmpty();
    assertThat(fixture.passages.around(AccessScope.of(fixture.aPerson(), false), source.id(), 0, 5))
        .isEmpty();
  }

  @Test
  void changesNeedAWorkersTransaction() {
    var id = new DocumentId(java.util.UUID.randomUUID());

    assertThatThrownBy(() -> fixture.index.removeDocument(id))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nobodyButAWorkerMayWrite() {
    var source = fixture.aDocument(collection, "Kept", "Kept text.");
    var draft = new PassageDraft(0, 0, 4, "", "en", null, "Evil");
    var embedded = fixture.index.embed("Evil", List.of(draft), part -> {});
    var scope = AccessScope.of(reader, true);

    assertThatThrownBy(
            () -> fixture.transactions.run(scope, () -> fixture.index.replace(source, embedded)))
        .rootCause()
        .hasMessageContaining("row-level security");
    assertThat(fixture.search(reader, "kept")).hasSize(1);
  }

  @Test
  void vectorsOfAnotherEmbedderAreNotCompared() {
    fixture.aDocument(collection, "Old", "Model from before.");
    fixture.transactions.run(
        RetrievalFixture.WORKER,
        () ->
            fixture
                .jdbc
                .sql("update retrieval.vector_en set embedder = 'gone' where collection_id = ?")
                .param(collection.value())
                .update());

    assertThat(fixture.search(reader, "unrelated words")).isEmpty();
    assertThat(fixture.search(reader, "model").getFirst().signals().cosine()).isZero();
  }

  @Test
  void statisticsStayRightUnderConcurrentChanges() throws Exception {
    var collections = new ArrayList<CollectionId>();
    for (int i = 0; i < 3; i++) {
      collections.add(fixture.aCollectionOf(reader));
    }
    var jobs = new ArrayList<Callable<Object>>();
    for (int worker = 0; worker < 4; worker++) {
      int seed = worker;
      jobs.add(
          () -> {
            churn(new Random(seed), collections);
            return true;
          });
    }
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var done : pool.invokeAll(jobs)) {
        done.get();
      }
    }
    fixture.delete(collections.getFirst());

    assertThat(fixture.wrongStatistics()).isEmpty();
  }

  /** Indexes, replaces and removes documents of shared words, in random collections. */
  private void churn(Random random, List<CollectionId> collections) {
    var mine = new ArrayList<SourceDraft>();
    for (int step = 0; step < 25; step++) {
      if (mine.isEmpty() || random.nextInt(3) > 0) {
        var in = collections.get(random.nextInt(collections.size()));
        var id = new DocumentId(java.util.UUID.randomUUID());
        mine.add(fixture.aRevision(id, 1, in, "T", words(random), words(random)));
      } else if (random.nextBoolean()) {
        var old = mine.get(random.nextInt(mine.size()));
        fixture.aRevision(old.documentId(), step, old.collectionId(), "T", words(random));
      } else {
        var gone = mine.remove(random.nextInt(mine.size())).documentId();
        fixture.transactions.run(RetrievalFixture.WORKER, () -> fixture.index.removeDocument(gone));
      }
    }
  }

  private static String words(Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append("word").append((char) ('a' + random.nextInt(26))).append(' ');
    }
    return text.toString();
  }
}
