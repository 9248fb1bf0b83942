package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.ExtractionFailed;
import java.util.Set;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.sax.SecureContentHandler;
import org.jspecify.annotations.Nullable;

/** Names the reason why a file cannot be read, from what the libraries throw. */
final class Failures {

  private static final int MAX_CAUSES = 20;

  private static final Set<String> ARCHIVES =
      Set.of(
          "application/zip",
          "application/gzip",
          "application/x-gzip",
          "application/x-tar",
          "application/x-gtar",
          "application/x-bzip2",
          "application/x-bzip",
          "application/x-xz",
          "application/x-7z-compressed",
          "application/x-rar-compressed",
          "application/vnd.rar",
          "application/zstd",
          "application/java-archive");

  private Failures() {}

  static ExtractionFailed passwordNeeded() {
    return new ExtractionFailed(
        ExtractionFailed.PASSWORD_NEEDED,
        "The file is protected by a password. Save it without one and upload it again.");
  }

  static ExtractionFailed unsupported(String mediaType) {
    return new ExtractionFailed(
        ExtractionFailed.UNSUPPORTED_FORMAT,
        ARCHIVES.contains(mediaType)
            ? "Archives (" + mediaType + ") are not read. Unpack it and upload the files."
            : "Files of type " + mediaType + " cannot be read. Upload it as PDF or plain text.");
  }

  static ExtractionFailed tooLarge(String detail) {
    return new ExtractionFailed(ExtractionFailed.TOO_LARGE_WHEN_UNPACKED, detail);
  }

  static ExtractionFailed damaged(@Nullable String detail) {
    var reason = detail == null || detail.isBlank() ? "" : " (" + shorten(detail) + ")";
    return new ExtractionFailed(
        ExtractionFailed.DAMAGED_FILE,
        "The file is damaged or incomplete"
            + reason
            + ". Open it in its own program, save it again and upload the new copy.");
  }

  /** The reason behind what a parser threw. */
  static ExtractionFailed of(Throwable thrown) {
    var cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      switch (cause) {
        case ExtractionFailed failed -> {
          return failed;
        }
        case EncryptedDocumentException e -> {
          return passwordNeeded();
        }
        case org.apache.poi.EncryptedDocumentException e -> {
          return passwordNeeded();
        }
        case InvalidPasswordException e -> {
          return passwordNeeded();
        }
        case UnsupportedFormatException e -> {
          return unsupported(String.valueOf(e.getMessage()));
        }
        default -> {
          if (isBomb(cause)) {
            return tooLarge("The file unpacks to far more than its size; it is not read.");
          }
        }
      }
      cause = cause.getCause();
    }
    return thrown instanceof StackOverflowError
        ? damaged("its parts are nested too deeply")
        : damaged(thrown.getMessage());
  }

  private static boolean isBomb(Throwable cause) {
    var message = String.valueOf(cause.getMessage());
    return message.contains("Zip bomb")
        || message.contains("Suspected zip bomb")
        || cause.getClass().getName().startsWith(SecureContentHandler.class.getName())
        || message.contains("MAX_ENTRY_SIZE");
  }

  private static String shorten(String detail) {
    var line = CleanText.line(detail);
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }
}
