package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractionFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;

/** Says what a file is by its content; its name only decides between kinds of text. */
final class TypeDetector {

  private static final int SAMPLE_BYTES = 16 * 1024;

  private static final Map<String, DocumentFormat> BY_MEDIA_TYPE =
      Map.ofEntries(
          Map.entry("application/xhtml+xml", DocumentFormat.HTML),
          Map.entry("text/x-web-markdown", DocumentFormat.MARKDOWN),
          Map.entry("text/tab-separated-values", DocumentFormat.CSV),
          Map.entry("application/vnd.ms-word.document.macroenabled.12", DocumentFormat.DOCX),
          Map.entry("application/vnd.ms-word.template.macroenabled.12", DocumentFormat.DOCX),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
              DocumentFormat.DOCX),
          Map.entry("application/vnd.ms-excel.sheet.macroenabled.12", DocumentFormat.XLSX),
          Map.entry("application/vnd.ms-excel.sheet.binary.macroenabled.12", DocumentFormat.XLSX),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
              DocumentFormat.XLSX),
          Map.entry(
              "application/vnd.ms-powerpoint.presentation.macroenabled.12", DocumentFormat.PPTX),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
              DocumentFormat.PPTX),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.presentationml.template",
              DocumentFormat.PPTX),
          Map.entry("application/vnd.oasis.opendocument.text-template", DocumentFormat.ODT),
          Map.entry("text/rtf", DocumentFormat.RTF),
          Map.entry("text/xml", DocumentFormat.XML));

  private static final Map<String, DocumentFormat> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("md", DocumentFormat.MARKDOWN),
          Map.entry("markdown", DocumentFormat.MARKDOWN),
          Map.entry("mkd", DocumentFormat.MARKDOWN),
          Map.entry("txt", DocumentFormat.TEXT),
          Map.entry("text", DocumentFormat.TEXT),
          Map.entry("log", DocumentFormat.TEXT),
          Map.entry("csv", DocumentFormat.CSV),
          Map.entry("tsv", DocumentFormat.CSV),
          Map.entry("htm", DocumentFormat.HTML),
          Map.entry("html", DocumentFormat.HTML),
          Map.entry("xhtml", DocumentFormat.HTML),
          Map.entry("eml", DocumentFormat.EMAIL));

  private static final Set<String> PROTECTED =
      Set.of("application/x-tika-ooxml-protected", "application/x-tika-visio-ooxml-protected");

  private final Detector detector = new DefaultDetector();

  DetectedType detect(Path path, String fileName) throws IOException, ExtractionFailed {
    var mediaType = mediaTypeOf(path);
    if (PROTECTED.contains(mediaType)) {
      throw Failures.passwordNeeded();
    }
    var exact = byMediaType(mediaType);
    var named = BY_EXTENSION.get(extensionOf(fileName));
    if (exact != null && !isText(exact) && exact != DocumentFormat.IMAGE) {
      return new DetectedType(exact, mediaType);
    }
    if (mayBeText(mediaType, exact, named) && TextCharset.looksLikeText(sample(path))) {
      return textType(mediaType, exact, named);
    }
    if (exact != null) {
      return new DetectedType(exact, mediaType);
    }
    if (mediaType.startsWith("application/x-tika-")) {
      throw Failures.damaged("an office file without its main part");
    }
    throw Failures.unsupported(mediaType);
  }

  private String mediaTypeOf(Path path) throws IOException {
    try (var stream = TikaInputStream.get(path)) {
      return detector
          .detect(stream, new Metadata())
          .getBaseType()
          .toString()
          .toLowerCase(Locale.ROOT);
    }
  }

  private static @Nullable DocumentFormat byMediaType(String mediaType) {
    var other = BY_MEDIA_TYPE.get(mediaType);
    if (other != null) {
      return other;
    }
    if (mediaType.startsWith("image/") && !mediaType.contains("svg")) {
      return DocumentFormat.IMAGE;
    }
    for (var format : DocumentFormat.values()) {
      if (format.mediaType().equals(mediaType)) {
        return format;
      }
    }
    return mediaType.endsWith("+xml") ? DocumentFormat.XML : null;
  }

  private static boolean isText(DocumentFormat format) {
    return switch (format) {
      case MARKDOWN, TEXT, HTML, CSV, EMAIL, XML -> true;
      case PDF, DOCX, PPTX, XLSX, ODT, ODS, ODP, DOC, PPT, XLS, RTF, EPUB, MSG, IMAGE -> false;
    };
  }

  /** A short prefix can look like anything (a text that begins with "BM" is no bitmap). */
  private static boolean mayBeText(
      String mediaType, @Nullable DocumentFormat exact, @Nullable DocumentFormat named) {
    return named != null
        || (exact != null && isText(exact))
        || mediaType.startsWith("text/")
        || mediaType.equals("application/json")
        || mediaType.equals("application/octet-stream")
        || mediaType.endsWith("script");
  }

  private static DetectedType textType(
      String mediaType, @Nullable DocumentFormat exact, @Nullable DocumentFormat named) {
    if (named == DocumentFormat.MARKDOWN || named == DocumentFormat.CSV) {
      return DetectedType.of(named);
    }
    if (exact != null && isText(exact) && exact != DocumentFormat.TEXT) {
      return new DetectedType(exact, mediaType);
    }
    if (named != null) {
      return DetectedType.of(named);
    }
    return DetectedType.of(DocumentFormat.TEXT);
  }

  private static byte[] sample(Path path) throws IOException {
    try (var stream = Files.newInputStream(path)) {
      return stream.readNBytes(SAMPLE_BYTES);
    }
  }

  private static String extensionOf(String fileName) {
    return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
