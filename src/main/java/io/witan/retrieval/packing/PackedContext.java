package io.witan.retrieval.packing;

import java.util.List;

/**
 * What a model is given to read.
 *
 * @param stretches documents in the order of their best hits, each in its own order
 * @param tokens at most, with titles and numbers
 * @param hits how many of the hits are in it
 * @param complete whether every hit is
 */
public record PackedContext(List<Stretch> stretches, int tokens, int hits, boolean complete) {
  public PackedContext {
    stretches = List.copyOf(stretches);
  }

  /** Passages, hits and their neighbours. */
  public int passages() {
    return stretches.stream().mapToInt(stretch -> stretch.passages().size()).sum();
  }
}
