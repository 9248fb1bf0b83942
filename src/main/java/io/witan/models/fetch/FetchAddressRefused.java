package io.witan.models.fetch;

import io.witan.shared.Failure;

/** The address, or one it leads to, is not one of the internet, or is not asked securely. */
public final class FetchAddressRefused extends Failure {
  private static final long serialVersionUID = 1L;

  FetchAddressRefused(String host, String why) {
    super(
        "fetch-address-refused",
        Kind.INVALID,
        "Address not allowed",
        "Nothing is fetched from %s: %s. Whoever runs the server may allow it with the setting witan.models.fetch.allowed-hosts."
            .formatted(host, why));
  }
}
