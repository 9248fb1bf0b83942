package io.witan.documents.chunking;

import io.witan.documents.extraction.ExtractedDocument;
import java.util.List;

/** Cuts a document along its own structure. Thread-safe. */
public final class Chunker {

  public List<Chunk> chunk(ExtractedDocument document) {
    throw new UnsupportedOperationException("not built yet: " + document.format());
  }
}
