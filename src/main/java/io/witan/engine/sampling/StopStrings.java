package io.witan.engine.sampling;

import java.util.List;

/**
 * Lets text through until one of several strings comes. What may turn out to be the beginning of
 * one is held back, so that no part of a stop string is ever let through. For one sequence.
 */
public final class StopStrings {
  private final List<String> stops;
  private final int longest;
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  public StopStrings(List<String> stops) {
    this.stops = List.copyOf(stops);
    this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Whether a stop string has come; nothing is let through after it. */
  public boolean stopped() {
    return stopped;
  }

  /** Takes more text; returns what is certain to come before any stop string. */
  public String accept(String text) {
    if (stopped) {
      return "";
    }
    held.append(text);
    int stop = firstStop();
    if (stop >= 0) {
      stopped = true;
      String before = held.substring(0, stop);
      held.setLength(0);
      return before;
    }
    return release(held.length() - heldBack());
  }

  /** What was held back, once it is known that no more text comes. */
  public String finish() {
    return release(stopped ? 0 : held.length());
  }

  private String release(int length) {
    String released = held.substring(0, length);
    held.delete(0, length);
    return released;
  }

  /** Where the stop string begins that is complete first, however the text was cut; or -1. */
  private int firstStop() {
    int first = -1;
    int firstEnd = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      int end = at + stop.length();
      if (at >= 0 && (end < firstEnd || (end == firstEnd && at < first))) {
        first = at;
        firstEnd = end;
      }
    }
    return first;
  }

  /** The longest end of the text that is the beginning of a stop string. */
  private int heldBack() {
    for (int length = Math.min(longest - 1, held.length()); length > 0; length--) {
      String end = held.substring(held.length() - length);
      if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
        return length;
      }
    }
    return 0;
  }
}
