package io.witan.catalogue;

import java.time.Instant;
import java.util.UUID;

/**
 * A collection as REST shows it to one person.
 *
 * @param access what that person may do with it
 * @param mayLeave whether its passages may be sent to generators on other machines
 */
record Collection(
    UUID id,
    String name,
    String description,
    Access access,
    Readers readers,
    boolean sample,
    boolean mayLeave,
    Instant createdAt,
    Instant updatedAt) {

  /** How many may read it, directly or more than that. */
  record Readers(boolean everyone, int people, int groups) {
    static final Readers NONE = new Readers(false, 0, 0);
  }

  static Collection of(CollectionSummary summary, Readers readers) {
    return new Collection(
        summary.id().value(),
        summary.name(),
        summary.description(),
        summary.access(),
        readers,
        summary.sample(),
        summary.mayLeave(),
        summary.createdAt(),
        summary.updatedAt());
  }
}
