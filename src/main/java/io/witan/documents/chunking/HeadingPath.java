package io.witan.documents.chunking;

import java.util.ArrayDeque;
import java.util.Deque;

/** The headings above the current place, outermost first. */
final class HeadingPath {

  private static final String SEPARATOR = " › ";
  private static final int MOST_CHARS = 120;
  private static final int MOST_HEADINGS = 5;

  private final Deque<Heading> open = new ArrayDeque<>();

  void enter(int level, String text) {
    while (!open.isEmpty() && open.getLast().level >= level) {
      open.removeLast();
    }
    if (open.size() == MOST_HEADINGS) {
      open.removeLast();
    }
    open.addLast(new Heading(level, shortened(text.replace('\n', ' ').strip())));
  }

  @Override
  public String toString() {
    return String.join(SEPARATOR, open.stream().map(Heading::text).toList());
  }

  private static String shortened(String text) {
    if (text.length() <= MOST_CHARS) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    return text.substring(0, cut) + "…";
  }

  private record Heading(int level, String text) {}
}
