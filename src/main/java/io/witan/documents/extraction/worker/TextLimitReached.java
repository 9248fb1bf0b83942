package io.witan.documents.extraction.worker;

/** Ends reading early: the text is as long as it may become. What was read so far stays. */
final class TextLimitReached extends RuntimeException {

  TextLimitReached(int maxTextChars) {
    super("the text was cut at " + maxTextChars + " characters", null, false, false);
  }
}
