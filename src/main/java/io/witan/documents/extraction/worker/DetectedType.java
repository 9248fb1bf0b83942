package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.DocumentFormat;

/** What a file is by its content. */
record DetectedType(DocumentFormat format, String mediaType) {

  static DetectedType of(DocumentFormat format) {
    return new DetectedType(format, format.mediaType());
  }
}
