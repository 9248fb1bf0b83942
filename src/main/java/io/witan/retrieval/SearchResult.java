package io.witan.retrieval;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits best first
 * @param searchedCollections how many collections were searched: the scope's, narrowed by the
 *     request
 * @param answerable whether the hits are likely to hold an answer, by the calibrated rule
 */
public record SearchResult(List<Hit> hits, int searchedCollections, boolean answerable) {
  public SearchResult {
    hits = List.copyOf(hits);
  }
}
