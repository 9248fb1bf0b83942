package io.witan.documents.indexing;

import io.witan.documents.DocumentProblem;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionWarning;
import java.util.Locale;
import java.util.Map;

/** Short names of what can be wrong with a file, by code. */
final class Causes {
  static final String INDEXING_FAILED = "indexing-failed";

  private static final Map<String, String> TITLES =
      Map.of(
          ExtractionFailed.PASSWORD_NEEDED, "Password needed",
          ExtractionFailed.DAMAGED_FILE, "Damaged file",
          ExtractionFailed.UNSUPPORTED_FORMAT, "Format not supported",
          ExtractionFailed.TOO_LARGE_WHEN_UNPACKED, "Too large when unpacked",
          ExtractionFailed.TOOK_TOO_LONG, "Took too long",
          ExtractionFailed.OUT_OF_MEMORY, "Needs too much memory",
          ExtractionFailed.WORKER_CRASHED, "Reading it crashed",
          ExtractionWarning.NO_TEXT_FOUND, "No text found",
          ExtractionWarning.TEXT_TRUNCATED, "Text cut",
          ExtractionWarning.PARTIAL, "Read in part");

  private Causes() {}

  /** The title of a code; for one not known here, the code in words. */
  static String title(String code) {
    var known = TITLES.get(code);
    if (known != null) {
      return known;
    }
    var words = code.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  static DocumentProblem of(ExtractionFailed failed) {
    return new DocumentProblem(
        failed.code(), title(failed.code()), String.valueOf(failed.getMessage()));
  }

  /** The product's own fault or its database's: the person can only try again. */
  static DocumentProblem gaveUp(int attempts) {
    return new DocumentProblem(
        INDEXING_FAILED,
        "Indexing failed",
        "Indexing stopped %d times for a reason that is not in the file. Retry; if it fails again, an administrator finds the cause in the log."
            .formatted(attempts));
  }
}
