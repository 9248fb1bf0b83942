package io.witan.identity.keys;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program's key as its owner sees it later; the secret itself is not kept.
 *
 * @param prefix how the secret starts, to tell keys apart
 */
record ApiKey(
    UUID id,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiresAt) {}
