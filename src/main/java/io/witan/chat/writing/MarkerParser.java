package io.witan.chat.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds citation markers, such as {@code [2]}, {@code [1, 3]}, {@code [1-3]} or {@code 【2】}, in
 * text that comes in pieces; where the pieces are cut makes no difference. Not for use by several
 * threads.
 */
final class MarkerParser {
  /** A bracket with more in it than this is no marker. */
  private static final int LONGEST = 48;

  private static final int WIDEST_RANGE = 10;
  private static final String WITHIN = "0123456789 ,;，、；-–^";
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*\\^?\\d{1,3}(?:\\s*[-–,;，、；]\\s*\\^?\\d{1,3})*\\s*");

  private final Sink sink;
  private String held = "";

  /** Hears what the text is made of. */
  interface Sink {
    void text(String text);

    /**
     * @param space white space of the line that stands before the marker
     * @param numbers as they stand there; at least one
     */
    void marker(String space, List<Integer> numbers);
  }

  MarkerParser(Sink sink) {
    this.sink = sink;
  }

  void accept(String delta) {
    held += delta;
    int from = 0;
    while (from < held.length()) {
      int open = opening(from);
      int spaceStart = spaceStart(from, open);
      int close = open < held.length() ? closing(open) : held.length();
      if (close == held.length()) {
        emit(from, spaceStart);
        from = spaceStart;
        break;
      }
      var inside = close < 0 ? "" : held.substring(open + 1, close);
      if (NUMBERS.matcher(inside).matches()) {
        emit(from, spaceStart);
        sink.marker(held.substring(spaceStart, open), numbers(inside));
        from = close + 1;
      } else {
        emit(from, open + 1);
        from = open + 1;
      }
    }
    held = held.substring(from);
  }

  /** What was held back is text after all. */
  void finish() {
    var rest = held;
    held = "";
    if (!rest.isEmpty()) {
      sink.text(rest);
    }
  }

  private void emit(int from, int to) {
    if (to > from) {
      sink.text(held.substring(from, to));
    }
  }

  /** Where a bracket opens, or the end. */
  private int opening(int from) {
    int at = from;
    while (at < held.length() && held.charAt(at) != '[' && held.charAt(at) != '【') {
      at++;
    }
    return at;
  }

  private int spaceStart(int from, int end) {
    int at = end;
    while (at > from && (held.charAt(at - 1) == ' ' || held.charAt(at - 1) == '\t')) {
      at--;
    }
    return at;
  }

  /** Where it closes; -1 if it is no marker; the end if that is not known yet. */
  private int closing(int open) {
    char expected = held.charAt(open) == '[' ? ']' : '】';
    for (int at = open + 1; at < held.length(); at++) {
      char c = held.charAt(at);
      if (c == expected) {
        return at;
      }
      if (WITHIN.indexOf(c) < 0 || at - open > LONGEST) {
        return -1;
      }
    }
    return held.length();
  }

  private static List<Integer> numbers(String inside) {
    var numbers = new ArrayList<Integer>();
    for (var part : inside.replace("^", "").split("[,;，、；]")) {
      var ends = part.split("[-–]");
      int first = Integer.parseInt(ends[0].strip());
      int last = Integer.parseInt(ends[ends.length - 1].strip());
      if (ends.length == 1 || last < first || last - first > WIDEST_RANGE) {
        for (var end : ends) {
          numbers.add(Integer.parseInt(end.strip()));
        }
      } else {
        for (int number = first; number <= last; number++) {
          numbers.add(number);
        }
      }
    }
    return numbers.stream().distinct().toList();
  }
}
