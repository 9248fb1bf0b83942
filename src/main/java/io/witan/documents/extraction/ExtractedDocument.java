package io.witan.documents.extraction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says: linear text plus ranges over it. All ranges are half-open and count UTF-16 code
 * units.
 *
 * @param title what the file itself says its title is
 * @param mediaType the exact type that was detected, which can be finer than the format's
 * @param extractor name and version of what made the text; part of a text version's identity
 * @param text paragraphs separated by blank lines, table rows by line feeds, cells by {@code " | "}
 * @param blocks in order, not overlapping; together they cover all text that is not blank
 * @param pages pages, slides or sheets in order; empty where the format has none
 */
public record ExtractedDocument(
    @Nullable String title,
    String mediaType,
    DocumentFormat format,
    String extractor,
    String text,
    List<Block> blocks,
    List<PageLayout> pages,
    List<ExtractionWarning> warnings) {

  public ExtractedDocument {
    blocks = List.copyOf(blocks);
    pages = List.copyOf(pages);
    warnings = List.copyOf(warnings);
  }
}
