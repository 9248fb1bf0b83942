package io.witan.chat.writing;

import java.text.BreakIterator;
import java.util.Locale;

/** Finds the statement that a citation marker stands behind. */
final class Statements {
  private Statements() {}

  /**
   * The last sentence that says something.
   *
   * @param text from the marker before, or the paragraph's start, to this marker
   * @return empty if nothing is said
   */
  static String last(String text) {
    var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    int end = sentences.last();
    for (int start = sentences.previous(); start != BreakIterator.DONE; ) {
      var sentence = text.substring(start, end);
      if (sentence.codePoints().filter(Character::isLetterOrDigit).count() > 2) {
        return sentence.strip();
      }
      end = start;
      start = sentences.previous();
    }
    return "";
  }
}
