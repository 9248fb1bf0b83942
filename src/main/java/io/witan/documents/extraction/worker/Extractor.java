package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionLimits;
import io.witan.documents.extraction.ExtractionWarning;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Reads one file: what is it, who reads it, what went wrong. */
final class Extractor {

  private final TypeDetector detector = new TypeDetector();

  ExtractedDocument extract(
      Path path, String fileName, ExtractionLimits limits, IntConsumer percent)
      throws ExtractionFailed {
    try {
      var type = detector.detect(path, fileName);
      var source = new Source(path, fileName, type, limits, percent);
      boolean intact = UnpackedSize.check(source);
      return read(source, intact);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Exception | Error e) {
      throw Failures.of(e);
    }
  }

  private static ExtractedDocument read(Source source, boolean intact) throws Exception {
    var parser = parserOf(source.type().format());
    var out = new LinearText(source.limits().maxTextChars());
    try {
      parser.parse(source, out);
    } catch (Exception e) {
      if (!isTextLimit(e)) {
        throw e;
      }
      out.warn(
          ExtractionWarning.TEXT_TRUNCATED,
          "Only the first " + source.limits().maxTextChars() + " characters were kept.");
    }
    if (!intact) {
      out.warn(ExtractionWarning.PARTIAL, "The file is incomplete; what could be read was kept.");
    }
    if (out.isEmpty()) {
      out.warn(
          ExtractionWarning.NO_TEXT_FOUND,
          "The file holds no text, only pictures perhaps. Scans need text recognition first.");
    }
    return out.finish(source.type(), parser.version());
  }

  private static boolean isTextLimit(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof TextLimitReached) {
        return true;
      }
    }
    return false;
  }

  private static Parser parserOf(DocumentFormat format) {
    return switch (format) {
      case MARKDOWN -> new MarkdownParser();
      case TEXT -> new PlainTextParser();
      case HTML -> new HtmlParser();
      case CSV -> new CsvParser();
      case PDF -> new PdfParser();
      case EMAIL -> new EmailParser();
      case MSG -> new OutlookParser();
      case PPTX -> new SlideParser();
      case XML -> new XmlParser();
      case IMAGE -> new ImageParser();
      case DOCX, XLSX, ODT, ODS, ODP, DOC, PPT, XLS, RTF, EPUB -> new TikaParser();
    };
  }
}
