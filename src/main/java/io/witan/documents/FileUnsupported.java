package io.witan.documents;

import io.witan.shared.Failure;

/** The bytes are of a type from which no text can be read. */
public final class FileUnsupported extends Failure {
  private static final long serialVersionUID = 1L;

  public FileUnsupported(String mediaType) {
    super(
        "unsupported-format",
        Kind.UNSUPPORTED,
        "Format not supported",
        "Files of type %s hold no text that Witan can read. Documents, spreadsheets, slides, e-mails, web pages and plain text can be uploaded."
            .formatted(mediaType));
  }
}
