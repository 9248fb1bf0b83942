package io.witan.models.remote;

import io.witan.shared.Failure;

/** No generator can have that address, and others should not be reached. */
public final class AddressRefused extends Failure {
  private static final long serialVersionUID = 1L;

  AddressRefused(String address) {
    super(
        "address-refused",
        Kind.INVALID,
        "Address not allowed",
        "%s is link-local, a metadata service or no single machine; Witan connects to none of these. Give the address of the generator itself."
            .formatted(address));
  }
}
