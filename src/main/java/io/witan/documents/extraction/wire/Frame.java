package io.witan.documents.extraction.wire;

import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionLimits;
import java.nio.file.Path;

/** One message between the application and a worker. */
public sealed interface Frame {

  /** From the worker: it has started. */
  record Ready() implements Frame {}

  /** To the worker: read this file. */
  record Request(Path path, String fileName, ExtractionLimits limits) implements Frame {}

  /** From the worker, while it reads. */
  record Progress(int percent) implements Frame {}

  /** From the worker: the file was read. */
  record Done(ExtractedDocument document) implements Frame {}

  /** From the worker: the file cannot be read. */
  record Failed(String code, String message) implements Frame {}

  /** Never sent: what the reader of a stream notes when the other side is gone. */
  record Ended() implements Frame {}
}
