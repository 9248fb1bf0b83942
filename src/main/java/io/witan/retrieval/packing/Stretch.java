package io.witan.retrieval.packing;

import io.witan.retrieval.Hit;
import java.util.List;

/**
 * Passages of one text that follow each other, under one number.
 *
 * @param number from 1 in the order in which they are to be read
 * @param best the best hit among the passages; all are of its text version
 * @param passages by their place in the text, each whole
 */
public record Stretch(int number, Hit best, List<NearbyPassage> passages) {
  public Stretch {
    passages = List.copyOf(passages);
    if (passages.isEmpty()) {
      throw new IllegalArgumentException("a stretch needs a passage");
    }
  }

  /** Offset in the text version of its first UTF-16 code unit. */
  public int start() {
    return passages.getFirst().start();
  }

  /** Offset after its last. */
  public int end() {
    return passages.stream().mapToInt(NearbyPassage::end).max().orElse(start());
  }

  /** What it says: what passages share comes once, and a blank line where they do not touch. */
  public String text() {
    var text = new StringBuilder();
    int end = start();
    for (var passage : passages) {
      if (passage.start() > end) {
        text.append("\n\n");
      }
      int known = Math.max(0, end - passage.start());
      if (known < passage.text().length()) {
        text.append(passage.text(), known, passage.text().length());
      }
      end = Math.max(end, passage.end());
    }
    return text.toString();
  }
}
