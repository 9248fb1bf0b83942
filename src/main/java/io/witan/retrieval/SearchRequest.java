package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look for.
 *
 * @param within collections to search; null for all that the scope may read, empty for none
 * @param limit passages wanted, at most 100
 * @param semanticWeight 0 for words only, 1 for meaning only; null for the calibrated default
 */
public record SearchRequest(
    String query, @Nullable Set<CollectionId> within, int limit, @Nullable Double semanticWeight) {

  public SearchRequest {
    within = within == null ? null : Set.copyOf(within);
  }

  public static SearchRequest of(String query, int limit) {
    return new SearchRequest(query, null, limit, null);
  }
}
