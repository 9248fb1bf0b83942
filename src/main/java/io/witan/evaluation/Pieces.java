package io.witan.evaluation;

import io.witan.retrieval.GivenPassages.Given;
import java.util.ArrayList;
import java.util.List;

/** Cuts given texts into pieces as long as passages are, so that nothing of a text is lost. */
final class Pieces {
  private static final int LONGEST = 1_600;
  private static final int SHORTEST = 400;
  private static final String ENDS = ".!?。！？；;";

  private Pieces() {}

  static List<Given> of(List<AskedQuestion.GivenText> texts) {
    var pieces = new ArrayList<Given>();
    for (int number = 0; number < texts.size(); number++) {
      var text = texts.get(number);
      int start = 0;
      int ordinal = 0;
      while (start < text.text().length()) {
        int end = end(text.text(), start);
        var words = text.text().substring(start, end);
        pieces.add(new Given(number, ordinal++, start, text.title(), words));
        start = end;
      }
    }
    return pieces;
  }

  /** After the last line that fits, else after the last sentence, else after the last character. */
  private static int end(String text, int start) {
    int most = start + LONGEST;
    if (most >= text.length()) {
      return text.length();
    }
    int line = text.lastIndexOf('\n', most - 1);
    if (line >= start + SHORTEST) {
      return line + 1;
    }
    for (int at = most - 1; at >= start + SHORTEST; at--) {
      if (ENDS.indexOf(text.charAt(at)) >= 0) {
        return at + 1;
      }
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }
}
