package io.witan.documents.extraction;

/** Something a reader should know about a text that was nevertheless made. */
public record ExtractionWarning(String code, String detail) {

  /** Nothing to read, for instance a scan: the file is kept but cannot be found by its words. */
  public static final String NO_TEXT_FOUND = "no-text-found";

  /** The text was cut at {@link ExtractionLimits#maxTextChars()}. */
  public static final String TEXT_TRUNCATED = "text-truncated";

  /** Some part could not be read; the rest is there. */
  public static final String PARTIAL = "partial";
}
