package io.witan.chat;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionSummary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one question may search: what the person may read, and of that only what the assistant knows
 * and the person chose. Neither can add to it.
 */
record SearchScope(List<CollectionSummary> collections) {

  SearchScope {
    collections = List.copyOf(collections);
  }

  /**
   * @param assistant null for no limit
   * @param chosen null for no choice
   */
  static SearchScope of(
      List<CollectionSummary> readable,
      @Nullable Set<CollectionId> assistant,
      @Nullable Set<CollectionId> chosen) {
    return new SearchScope(
        readable.stream()
            .filter(collection -> assistant == null || assistant.contains(collection.id()))
            .filter(collection -> chosen == null || chosen.contains(collection.id()))
            .toList());
  }

  Set<CollectionId> ids() {
    return collections.stream().map(CollectionSummary::id).collect(Collectors.toSet());
  }

  Optional<String> name(CollectionId id) {
    return collections.stream()
        .filter(collection -> collection.id().equals(id))
        .map(CollectionSummary::name)
        .findFirst();
  }

  Searched searched(int passages) {
    var shown =
        collections.stream()
            .map(c -> new Searched.SearchedCollection(c.id().value(), c.name()))
            .toList();
    return new Searched(shown, shown.size(), passages);
  }
}
