package io.witan.catalogue;

import java.time.Instant;

/**
 * A collection as one person sees it.
 *
 * @param mayLeave whether its passages may be sent to generators on other machines
 */
public record CollectionSummary(
    CollectionId id,
    String name,
    String description,
    Access access,
    boolean sample,
    boolean mayLeave,
    Instant createdAt,
    Instant updatedAt) {}
