package io.witan.models.springai;

import java.util.List;

/** Cuts a text that comes in pieces at the first stop text. Not for use by several threads. */
final class StopTexts {
  private final List<String> stops;
  private String held = "";
  private boolean isMet;

  StopTexts(List<String> stops) {
    this.stops = stops;
  }

  /** Whether one came. */
  boolean isMet() {
    return isMet;
  }

  /** What may be told now; what may be the beginning of a stop text is held back. */
  String accept(String piece) {
    if (isMet) {
      return "";
    }
    var text = held + piece;
    int end = stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
    if (end >= 0) {
      isMet = true;
      held = "";
      return text.substring(0, end);
    }
    int kept = stops.stream().mapToInt(stop -> beginning(text, stop)).max().orElse(0);
    held = text.substring(text.length() - kept);
    return text.substring(0, text.length() - kept);
  }

  /** What was held back for nothing. */
  String rest() {
    var rest = held;
    held = "";
    return rest;
  }

  private static int beginning(String text, String stop) {
    for (int length = Math.min(stop.length() - 1, text.length()); length > 0; length--) {
      if (text.endsWith(stop.substring(0, length))) {
        return length;
      }
    }
    return 0;
  }
}
