package io.witan.documents;

import io.witan.shared.Failure;

/** The file has no bytes. */
public final class FileEmpty extends Failure {
  private static final long serialVersionUID = 1L;

  public FileEmpty() {
    super(
        "empty-file",
        Kind.INVALID,
        "Empty file",
        "The file has no bytes. Check that it was saved and upload it again.");
  }
}
