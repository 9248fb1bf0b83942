package io.witan.documents.chunking;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.ExtractedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the blocks of a document into pieces that fit a passage, each with its headings. */
final class PieceMaker {

  private final ChunkingOptions options;
  private final TextMeasure measure;

  PieceMaker(ChunkingOptions options) {
    this.options = options;
    this.measure = new TextMeasure(options);
  }

  List<Piece> pieces(ExtractedDocument document) {
    var text = document.text();
    var splitter = new BlockSplitter(text, measure, options.most());
    var sheets = sheetStarts(document);
    var path = new HeadingPath();
    var pieces = new ArrayList<Piece>();
    for (var block : document.blocks()) {
      if (block.kind() == Block.Kind.HEADING) {
        path.enter(block.level(), text.substring(block.start(), block.end()));
      }
      var headings = path.toString();
      boolean startsSheet = sheets.contains(block.start());
      double size = measure.of(text, block.start(), block.end());
      if (size <= options.most()) {
        pieces.add(
            new Piece(
                block.kind(),
                block.level(),
                block.start(),
                block.end(),
                size,
                headings,
                startsSheet));
        continue;
      }
      for (var range : splitter.split(block)) {
        // a heading that long is running text
        var kind = block.kind() == Block.Kind.HEADING ? Block.Kind.PARAGRAPH : block.kind();
        boolean first = range.start() == block.start();
        pieces.add(
            new Piece(
                kind, 0, range.start(), range.end(), range.size(), headings, first && startsSheet));
      }
    }
    return pieces;
  }

  /** Slides and sheets are sections; pages of running text are not. */
  private static Set<Integer> sheetStarts(ExtractedDocument document) {
    return switch (document.format()) {
      case PPTX, PPT, ODP, XLSX, XLS, ODS ->
          document.pages().stream()
              .filter(page -> page.end() > page.start())
              .map(page -> page.start())
              .collect(Collectors.toSet());
      case MARKDOWN, TEXT, HTML, PDF, DOCX, CSV, EMAIL, ODT, DOC, RTF, EPUB, MSG, XML, IMAGE ->
          Set.of();
    };
  }
}
