package io.witan.models.fetch;

import io.witan.shared.Audited;

/** A token for fetching from a host was removed. */
public record FetchTokenRemoved(String host) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(null, "fetch-token-removed", null, Fact.of("host", host));
  }
}
