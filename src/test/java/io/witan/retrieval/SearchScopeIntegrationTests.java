package io.witan.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.catalogue.CollectionId;
import io.witan.identity.AccessScope;
import io.witan.identity.GroupId;
import io.witan.identity.PersonId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody finds what they may not read: random worlds, few connections, changing permissions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchScopeIntegrationTests {
  private static final String COMMON = "apples and pears for the harvest";

  private RetrievalFixture fixture;

  @BeforeAll
  void start() {
    fixture = new RetrievalFixture(3);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  /** People, groups and collections with random permissions, remembered apart from the database. */
  private final class World {
    final Random random;
    final List<PersonId> people = new ArrayList<>();
    final List<GroupId> groups = new ArrayList<>();
    final List<CollectionId> collections = new ArrayList<>();
    final Map<GroupId, Set<PersonId>> members = new ConcurrentHashMap<>();
    final Map<CollectionId, Set<Object>> grants = new ConcurrentHashMap<>();
    final Set<PersonId> inactive = new HashSet<>();

    World(long seed, int size) {
      random = new Random(seed);
      for (int i = 0; i < size; i++) {
        people.add(fixture.aPerson());
      }
      for (int i = 0; i < 3; i++) {
        var group = fixture.aGroup();
        groups.add(group);
        members.put(group, new HashSet<>());
        for (var person : people) {
          if (random.nextInt(3) == 0) {
            fixture.join(group, person);
            members.computeIfAbsent(group, g -> new HashSet<>()).add(person);
          }
        }
      }
      for (int i = 0; i < size; i++) {
        var collection = fixture.aCollection();
        collections.add(collection);
        if (i > 0) { // the first one stays empty
          fixture.aDocument(collection, "D" + i, COMMON + " number " + i, "苹果和梨的收获 " + i);
        }
        for (int grant = 0; grant < random.nextInt(3); grant++) {
          permitSomebody(collection);
        }
      }
      if (random.nextBoolean()) {
        var person = people.get(random.nextInt(size));
        fixture.activate(person, false);
        inactive.add(person);
      }
    }

    private Set<Object> grantsOf(CollectionId collection) {
      return grants.computeIfAbsent(collection, it -> ConcurrentHashMap.newKeySet());
    }

    private void permitSomebody(CollectionId collection) {
      switch (random.nextInt(6)) {
        case 0 -> {
          fixture.permitEveryone(collection);
          grantsOf(collection).add("everyone");
        }
        case 1, 2 -> {
          var group = groups.get(random.nextInt(groups.size()));
          fixture.permit(collection, group);
          grantsOf(collection).add(group);
        }
        default -> {
          var person = people.get(random.nextInt(people.size()));
          fixture.permit(collection, person);
          grantsOf(collection).add(person);
        }
      }
    }

    boolean mayRead(PersonId person, CollectionId collection) {
      return !inactive.contains(person)
          && grantsOf(collection).stream()
              .anyMatch(
                  it ->
                      it.equals("everyone")
                          || it.equals(person)
                          || (it instanceof GroupId group
                              && members.getOrDefault(group, Set.of()).contains(person)));
    }

    Set<CollectionId> readable(PersonId person) {
      return collections.stream().filter(it -> mayRead(person, it)).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsExactlyWhatThePersonMayRead(long seed) {
    var world = new World(seed, 6);
    var empty = world.collections.getFirst();

    for (var person : world.people) {
      var expected = world.readable(person);
      expected.remove(empty);
      for (String query : List.of(COMMON, "苹果", "something else entirely")) {
        var request = new SearchRequest(query, Set.copyOf(world.collections), 100, null);
        var hits =
            inWorld(world, fixture.retriever.search(AccessScope.of(person, false), request).hits());
        assertThat(hits).as("%s of %s", query, person).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aRequestNarrowsTheScopeAndNeverWidensIt(long seed) {
    var world = new World(seed, 6);

    for (var person : world.people) {
      var asked =
          world.collections.stream()
              .filter(it -> world.random.nextBoolean())
              .collect(Collectors.toSet());
      var result =
          fixture.retriever.search(
              AccessScope.of(person, true), new SearchRequest(COMMON, asked, 100, null));

      var expected = world.readable(person);
      expected.retainAll(asked);
      assertThat(result.searchedCollections()).isEqualTo(expected.size());
      expected.remove(world.collections.getFirst());
      assertThat(inWorld(world, result.hits())).isEqualTo(expected);
    }
  }

  @Test
  void nobodyFindsNothingAndAWorkerMustNotAsk() {
    var request = SearchRequest.of(COMMON, 10);

    assertThat(fixture.retriever.search(AccessScope.nobody(), request).hits()).isEmpty();
    assertThatThrownBy(() -> fixture.retriever.search(RetrievalFixture.WORKER, request))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theDoorRefusesAPersonWhoIsNotTheTransactions() {
    var reader = fixture.aPerson();
    fixture.aDocument(fixture.aCollectionOf(reader), "Mine", COMMON);
    var other = AccessScope.of(fixture.aPerson(), true);

    int found =
        fixture.transactions.read(
            other,
            () ->
                fixture
                    .jdbc
                    .sql(
                        """
                        select count(*)
                          from retrieval.search(?, null, '{appl}', null, '', null, '', 10)
                        """)
                    .param(reader.value())
                    .query(Integer.class)
                    .single());

    assertThat(found).isZero();
  }

  @Test
  void theApplicationCannotGoRoundTheDoor() {
    for (String call :
        List.of(
            "select * from retrieval.lexical('{a}', '{1}', '{1}', '{}', 1, 1)",
            "select * from retrieval.nearest('retrieval.vector_en', null, '', '{}', 1, 1, 1)",
            "select * from retrieval.term",
            "select * from retrieval.corpus")) {
      assertThatThrownBy(() -> fixture.jdbc.sql(call).query().listOfRows())
          .as(call)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aScopeDoesNotOutliveItsTransactionInThePool() {
    var reader = fixture.aPerson();
    fixture.aDocument(fixture.aCollectionOf(reader), "Mine", COMMON);
    for (int i = 0; i < 10; i++) {
      assertThat(fixture.search(reader, COMMON)).isNotEmpty();
      assertThat(
              fixture
                  .jdbc
                  .sql("select count(*) from retrieval.passage")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void rareWordsElsewhereDoNotShowInTheRanking() {
    var reader = fixture.aPerson();
    var mine = fixture.aCollectionOf(reader);
    fixture.aDocument(mine, "A", "alpha beta gamma", "alpha delta", "epsilon beta");
    var before = scores(reader);

    for (int i = 0; i < 20; i++) {
      fixture.aDocument(fixture.aCollection(), "X", "alpha alpha elsewhere " + i);
    }

    assertThat(scores(reader)).isEqualTo(before);
  }

  private List<Hit.Signals> scores(PersonId reader) {
    return fixture.search(reader, "alpha beta").stream().map(Hit::signals).toList();
  }

  @Test
  void changesOfPermissionTakeEffectBetweenSearchesNeverWithinOne() throws Exception {
    var reader = fixture.aPerson();
    var group = fixture.aGroup();
    var byPerson = fixture.aCollection();
    var byGroup = fixture.aCollectionOf(fixture.aPerson());
    var never = fixture.aCollectionOf(fixture.aPerson());
    fixture.permit(byGroup, group);
    for (var collection : List.of(byPerson, byGroup, never)) {
      fixture.aDocument(collection, "Doc", COMMON, COMMON + " again");
    }
    // counts up before a permission is given and after it is taken away: odd = may be readable
    var personally = new AtomicInteger();
    var viaGroup = new AtomicInteger();
    var ended = new AtomicBoolean();
    Callable<Integer> searching =
        () -> {
          int found = 0;
          while (!ended.get()) {
            int personBefore = personally.get();
            int groupBefore = viaGroup.get();
            var seen =
                fixture.search(reader, COMMON).stream()
                    .map(Hit::collectionId)
                    .collect(Collectors.toSet());
            assertThat(seen).doesNotContain(never);
            assertUnchangedDenialHolds(personBefore, personally, seen, byPerson);
            assertUnchangedDenialHolds(groupBefore, viaGroup, seen, byGroup);
            found += seen.size();
          }
          return found;
        };
    try (var pool = Executors.newFixedThreadPool(3)) {
      var first = pool.submit(searching);
      var second = pool.submit(searching);
      for (int i = 0; i < 40; i++) {
        personally.incrementAndGet();
        fixture.permit(byPerson, reader);
        viaGroup.incrementAndGet();
        fixture.join(group, reader);
        fixture.search(reader, COMMON);
        fixture.forbid(byPerson);
        personally.incrementAndGet();
        fixture.leave(group, reader);
        viaGroup.incrementAndGet();
        fixture.search(reader, COMMON);
      }
      ended.set(true);
      assertThat(first.get() + second.get()).as("the test saw readable times").isPositive();
    }
  }

  /** Even and the same before and after the search: not readable in all that time. */
  private static void assertUnchangedDenialHolds(
      int before, AtomicInteger now, Set<CollectionId> seen, CollectionId collection) {
    if (before % 2 == 0 && now.get() == before) {
      assertThat(seen).doesNotContain(collection);
    }
  }

  private static Set<CollectionId> inWorld(World world, List<Hit> hits) {
    return hits.stream()
        .map(Hit::collectionId)
        .filter(world.collections::contains)
        .collect(Collectors.toSet());
  }
}
