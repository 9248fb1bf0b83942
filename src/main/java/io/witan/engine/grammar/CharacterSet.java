package io.witan.engine.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of Unicode characters, as rising ranges that neither touch nor overlap. */
record CharacterSet(List<Range> ranges) {
  static final int LAST = Character.MAX_CODE_POINT;

  /** From the first to the last, both included. */
  record Range(int first, int last) {}

  CharacterSet {
    ranges = joined(ranges);
  }

  private static List<Range> joined(List<Range> ranges) {
    var sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingInt(Range::first));
    var joined = new ArrayList<Range>();
    for (var range : sorted) {
      var before = joined.isEmpty() ? null : joined.getLast();
      if (before != null && range.first <= before.last + 1) {
        joined.set(joined.size() - 1, new Range(before.first, Math.max(before.last, range.last)));
      } else {
        joined.add(range);
      }
    }
    return List.copyOf(joined);
  }

  /** Written as in a regular expression, without escapes. */
  static CharacterSet of(String text) {
    var ranges = new ArrayList<Range>();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      boolean range = i + 2 < points.length && points[i + 1] == '-';
      ranges.add(new Range(points[i], range ? points[i + 2] : points[i]));
      i += range ? 2 : 0;
    }
    return new CharacterSet(ranges);
  }

  static CharacterSet of(int first, int last) {
    return new CharacterSet(List.of(new Range(first, last)));
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean contains(int point) {
    return ranges.stream().anyMatch(range -> range.first <= point && point <= range.last);
  }

  CharacterSet or(CharacterSet other) {
    var all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new CharacterSet(all);
  }

  CharacterSet not() {
    var others = new ArrayList<Range>();
    int from = 0;
    for (var range : ranges) {
      if (range.first > from) {
        others.add(new Range(from, range.first - 1));
      }
      from = range.last + 1;
    }
    if (from <= LAST) {
      others.add(new Range(from, LAST));
    }
    return new CharacterSet(others);
  }

  CharacterSet and(CharacterSet other) {
    return not().or(other.not()).not();
  }

  CharacterSet without(CharacterSet other) {
    return and(other.not());
  }
}
