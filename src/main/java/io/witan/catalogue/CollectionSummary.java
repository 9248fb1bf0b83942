package io.witan.catalogue;

import java.time.Instant;

/** A collection as one person sees it. */
public record CollectionSummary(
    CollectionId id,
    String name,
    String description,
    Access access,
    boolean sample,
    Instant createdAt,
    Instant updatedAt) {}
