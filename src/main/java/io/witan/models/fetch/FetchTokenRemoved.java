package io.witan.models.fetch;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** A token for fetching from a host was removed. */
public record FetchTokenRemoved(@Nullable PersonId by, String host) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(), "fetch-token-removed", null, Fact.of("host", host));
  }
}
