package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * Where an answer was looked for.
 *
 * @param collections those that the reader may still read
 * @param collectionCount how many were searched
 * @param passages how many passages were read
 */
@Schema(name = "Searched")
public record Searched(List<SearchedCollection> collections, int collectionCount, int passages) {

  /** A searched collection. */
  @Schema(name = "SearchedCollection")
  public record SearchedCollection(UUID id, String name) {}

  public Searched {
    collections = List.copyOf(collections);
  }
}
