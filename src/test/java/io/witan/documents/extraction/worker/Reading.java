package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.DocumentInvariants;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads small files inside the test's own process. */
final class Reading {

  private Reading() {}

  static ExtractedDocument read(Path folder, String fileName, byte[] bytes)
      throws IOException, ExtractionFailed {
    return read(folder, fileName, bytes, ExtractionLimits.defaults());
  }

  static ExtractedDocument read(Path folder, String fileName, byte[] bytes, ExtractionLimits limits)
      throws IOException, ExtractionFailed {
    var file = Files.write(folder.resolve("upload"), bytes);
    var document = new Extractor().extract(file, fileName, limits, percent -> {});
    DocumentInvariants.check(document);
    return document;
  }

  static ExtractedDocument read(Path folder, String fileName, String text)
      throws IOException, ExtractionFailed {
    return read(folder, fileName, text.getBytes(StandardCharsets.UTF_8));
  }

  /** "KIND level: text" of every block. */
  static List<String> blocks(ExtractedDocument document) {
    return document.blocks().stream().map(block -> describe(document, block)).toList();
  }

  private static String describe(ExtractedDocument document, Block block) {
    return block.kind()
        + (block.level() == 0 ? "" : " " + block.level())
        + ": "
        + document.text().substring(block.start(), block.end());
  }
}
