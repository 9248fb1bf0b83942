package io.witan.models.remote;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * A remote generator as administrators see it; its key is never shown.
 *
 * @param address where its API begins
 * @param host where text goes while it is active
 * @param model as it is called there
 * @param contextTokens tokens of prompt and answer together at most
 * @param hasKey whether a key is stored for it
 */
@Schema(name = "RemoteGenerator")
public record RemoteGenerator(
    UUID id,
    String name,
    String address,
    String host,
    String model,
    int contextTokens,
    boolean hasKey,
    Instant addedAt) {}
