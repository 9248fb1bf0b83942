package io.witan.models.fetch;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * That there is a token for a host; what it is nobody is told.
 *
 * @param host with the port if it is not the usual one
 */
@Schema(name = "FetchToken")
public record FetchToken(String host, Instant storedAt) {}
