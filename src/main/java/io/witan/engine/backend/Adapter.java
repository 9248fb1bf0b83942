package io.witan.engine.backend;

import java.util.Map;

/**
 * Changes of a model's matrices that are chosen per sequence.
 *
 * @param changes by the name of the matrix
 */
public record Adapter(Map<String, LowRank> changes) {
  public Adapter {
    changes = Map.copyOf(changes);
  }
}
