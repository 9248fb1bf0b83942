package io.witan.documents.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.extraction.DocumentInvariants;
import io.witan.documents.extraction.ExtractedDocument;
import java.util.List;

/** What holds for the passages of every document. */
public final class ChunkInvariants {

  private ChunkInvariants() {}

  public static void check(ExtractedDocument document, List<Chunk> chunks) {
    var text = document.text();
    var measure = new TextMeasure(ChunkingOptions.defaults());
    int covered = 0;
    int lastStart = -1;
    for (int i = 0; i < chunks.size(); i++) {
      var chunk = chunks.get(i);
      assertThat(chunk.ordinal()).isEqualTo(i);
      assertThat(chunk.start()).as("passages in order").isGreaterThan(lastStart);
      assertThat(chunk.end()).isLessThanOrEqualTo(text.length()).isGreaterThan(covered);
      if (chunk.start() > covered) {
        assertThat(text.substring(covered, chunk.start())).as("between passages").isBlank();
      }
      DocumentInvariants.checkCut(text, chunk.start());
      DocumentInvariants.checkCut(text, chunk.end());
      assertThat(measure.of(text, chunk.start(), chunk.end()))
          .as("size of passage %d", i)
          .isLessThanOrEqualTo(ChunkingOptions.defaults().most() + 0.05);
      covered = chunk.end();
      lastStart = chunk.start();
    }
    assertThat(text.substring(covered)).as("after the last passage").isBlank();
  }
}
