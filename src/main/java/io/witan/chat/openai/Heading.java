package io.witan.chat.openai;

import java.time.Instant;
import java.util.UUID;

/**
 * What all parts of an answer begin with.
 *
 * @param created seconds since 1970
 * @param fingerprint changes with whatever changes what the same seed gives
 */
record Heading(String id, long created, String model, String fingerprint) {

  static Heading of(String prefix, Instant now, String model, String computedBy) {
    return new Heading(
        prefix + UUID.randomUUID().toString().replace("-", ""),
        now.getEpochSecond(),
        model,
        "witan_" + Integer.toHexString(computedBy.hashCode()));
  }
}
