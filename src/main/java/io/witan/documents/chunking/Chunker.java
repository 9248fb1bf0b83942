package io.witan.documents.chunking;

import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.PageLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document along its own structure: sections stay apart, small paragraphs come together,
 * tables and lists stay whole where they fit. Thread-safe.
 */
public final class Chunker {

  /** Part of what identifies a set of passages: a change here means to cut all documents anew. */
  public static final String VERSION = "chunks-1";

  private final ChunkingOptions options;

  public Chunker() {
    this(ChunkingOptions.defaults());
  }

  public Chunker(ChunkingOptions options) {
    this.options = options;
  }

  /** In order of the text; together they cover all of it that is not blank. */
  public List<Chunk> chunk(ExtractedDocument document) {
    var text = document.text();
    var chunks = new ArrayList<Chunk>();
    var passage = new Passage(text, options);
    for (var piece : new PieceMaker(options).pieces(document)) {
      if (!passage.takes(piece)) {
        add(passage.end(piece), document, chunks);
      }
      passage.add(piece);
    }
    add(passage.pieces(), document, chunks);
    return chunks;
  }

  private static void add(List<Piece> pieces, ExtractedDocument document, List<Chunk> chunks) {
    if (pieces.isEmpty()) {
      return;
    }
    int start = pieces.getFirst().start();
    int end = pieces.getLast().end();
    var named = pieces.stream().filter(p -> !p.isHeading()).findFirst().orElse(pieces.getLast());
    chunks.add(
        new Chunk(
            chunks.size(),
            start,
            end,
            named.headingPath(),
            TextMeasure.languageOf(document.text(), start, end),
            pageOf(document.pages(), start)));
  }

  private static @Nullable Integer pageOf(List<PageLayout> pages, int at) {
    int low = 0;
    int high = pages.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pages.get(middle).end() <= at) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low < pages.size() && pages.get(low).start() <= at ? pages.get(low).number() : null;
  }
}
