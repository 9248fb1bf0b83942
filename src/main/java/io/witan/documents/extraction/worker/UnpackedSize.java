package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.ExtractionFailed;
import java.io.IOException;
import java.util.zip.ZipFile;

/** Refuses packed documents that say they unpack to too much, before any of it is unpacked. */
final class UnpackedSize {

  private static final int MAX_ENTRIES = 50_000;

  private UnpackedSize() {}

  /** False where a packed file has no intact table of contents: it was cut off, most likely. */
  static boolean check(Source source) throws ExtractionFailed {
    return switch (source.type().format()) {
      case DOCX, PPTX, XLSX, ODT, ODS, ODP, EPUB -> checkZip(source);
      case MARKDOWN, TEXT, HTML, PDF, CSV, EMAIL, DOC, PPT, XLS, RTF, MSG, XML, IMAGE -> true;
    };
  }

  private static boolean checkZip(Source source) throws ExtractionFailed {
    long most = source.limits().maxUnpackedBytes();
    try (var zip = new ZipFile(source.path().toFile())) {
      long total = 0;
      int entries = 0;
      for (var all = zip.entries(); all.hasMoreElements(); ) {
        total += Math.max(0, all.nextElement().getSize());
        entries++;
        if (total > most || entries > MAX_ENTRIES) {
          throw Failures.tooLarge(
              "The file unpacks to more than " + (most >> 20) + " MiB or too many parts.");
        }
      }
    } catch (IOException e) {
      // the parser decides what it can still read
      return false;
    }
    return true;
  }
}
