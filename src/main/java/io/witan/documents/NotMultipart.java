package io.witan.documents;

import io.witan.shared.Failure;

/** The body of an upload cannot be read as files. */
public final class NotMultipart extends Failure {
  private static final long serialVersionUID = 1L;

  public NotMultipart(String why) {
    super(
        "not-multipart",
        Kind.INVALID,
        "Not a file upload",
        "Send multipart/form-data with one or more parts named “file”: " + why);
  }
}
