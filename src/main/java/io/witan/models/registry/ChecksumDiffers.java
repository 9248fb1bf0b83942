package io.witan.models.registry;

import io.witan.shared.Failure;

/** The file is not the one that was meant, or was damaged on its way. */
public final class ChecksumDiffers extends Failure {
  private static final long serialVersionUID = 1L;

  ChecksumDiffers(String fileName, String wanted, String found) {
    super(
        "checksum-differs",
        Kind.INVALID,
        "Checksum differs",
        "%s has the SHA-256 %s, not %s. It is damaged, or another file. Nothing was added."
            .formatted(fileName, found, wanted));
  }
}
