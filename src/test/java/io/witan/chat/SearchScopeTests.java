package io.witan.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchScopeTests {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void isNeverMoreThanThePersonTheAssistantAndTheChoiceAllow(long seed) {
    var random = new Random(seed);
    var all = new ArrayList<CollectionSummary>();
    for (int i = 0; i < 12; i++) {
      all.add(collection("Collection " + i));
    }
    var readable = all.stream().filter(c -> random.nextBoolean()).toList();
    var assistant = some(random, all);
    var chosen = some(random, all);

    var searched = SearchScope.of(readable, assistant, chosen).ids();

    for (var collection : all) {
      boolean allowed =
          readable.contains(collection)
              && (assistant == null || assistant.contains(collection.id()))
              && (chosen == null || chosen.contains(collection.id()));
      assertThat(searched.contains(collection.id())).isEqualTo(allowed);
    }
  }

  @Test
  void anEmptyChoiceSearchesNothing() {
    var readable = List.of(collection("Handbook"));

    assertThat(SearchScope.of(readable, Set.of(), null).ids()).isEmpty();
    assertThat(SearchScope.of(readable, null, Set.of()).ids()).isEmpty();
    assertThat(SearchScope.of(readable, null, null).ids()).hasSize(1);
  }

  private static @Nullable Set<CollectionId> some(Random random, List<CollectionSummary> all) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    var some = new HashSet<CollectionId>();
    all.stream().filter(c -> random.nextBoolean()).forEach(c -> some.add(c.id()));
    return some;
  }

  private static CollectionSummary collection(String name) {
    return new CollectionSummary(
        new CollectionId(UUID.randomUUID()),
        name,
        "",
        Access.READ,
        false,
        false,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
