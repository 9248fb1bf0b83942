package io.witan.engine.tokenizer;

/** Cuts off characters of one sort, and what lies between them. */
final class RunSplitter implements Splitter {
  /** Whether the character at an index is of the sort. */
  @FunctionalInterface
  interface Sort {
    boolean has(CodePoints text, int index);
  }

  private final Sort sort;
  private final int fewest;
  private final int most;

  private RunSplitter(Sort sort, int fewest, int most) {
    this.sort = sort;
    this.fewest = fewest;
    this.most = most;
  }

  static RunSplitter each(Sort sort) {
    return new RunSplitter(sort, 1, 1);
  }

  static RunSplitter runs(Sort sort) {
    return new RunSplitter(sort, 1, Integer.MAX_VALUE);
  }

  static RunSplitter groups(Sort sort, int size) {
    return new RunSplitter(sort, size, size);
  }

  @Override
  public int end(CodePoints text, int from, int to) {
    int matched = match(text, from, to);
    if (matched > from) {
      return matched;
    }
    int end = from + 1;
    while (end < to && match(text, end, Math.min(to, end + fewest)) == end) {
      end++;
    }
    return end;
  }

  /** The end of a match that starts here, or here if there is none. */
  private int match(CodePoints text, int from, int to) {
    int end = from;
    while (end < to && end - from < most && sort.has(text, end)) {
      end++;
    }
    return end - from >= fewest ? end : from;
  }
}
