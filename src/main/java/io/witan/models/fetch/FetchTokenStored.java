package io.witan.models.fetch;

import io.witan.shared.Audited;

/** A token for fetching from a host was stored. */
public record FetchTokenStored(String host) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(null, "fetch-token-stored", null, Fact.of("host", host));
  }
}
