package io.witan.engine.tokenizer;

import java.util.function.Consumer;

/** The characters of a text, linked; each link is a stretch of the text from its start. */
final class CharacterChain {
  private static final int NONE = -1;

  private final String text;
  private final int[] ends;
  private final int[] next;
  private final int[] previous;
  private final LongHeap candidates = new LongHeap();

  /** Links are numbered by the index of their first UTF-16 unit. */
  CharacterChain(String text) {
    this.text = text;
    this.ends = new int[text.length()];
    this.next = new int[text.length()];
    this.previous = new int[text.length()];
    int before = NONE;
    for (int at = 0; at < text.length(); at = ends[at]) {
      ends[at] = at + Character.charCount(text.codePointAt(at));
      next[at] = ends[at] < text.length() ? ends[at] : NONE;
      previous[at] = before;
      before = at;
    }
  }

  void merge(SentencePieces pieces) {
    for (int at = text.isEmpty() ? NONE : 0; at != NONE; at = next[at]) {
      offer(at, pieces);
    }
    while (!candidates.isEmpty()) {
      long candidate = candidates.poll();
      int left = (int) candidate;
      // an earlier merge may have taken either side
      if (ends[left] == NONE || next[left] == NONE || candidate != candidate(left, pieces)) {
        continue;
      }
      int right = next[left];
      ends[left] = ends[right];
      ends[right] = NONE;
      next[left] = next[right];
      if (next[right] != NONE) {
        previous[next[right]] = left;
      }
      if (previous[left] != NONE) {
        offer(previous[left], pieces);
      }
      offer(left, pieces);
    }
  }

  private void offer(int left, SentencePieces pieces) {
    long candidate = next[left] == NONE ? NONE : candidate(left, pieces);
    if (candidate != NONE) {
      candidates.add(candidate);
    }
  }

  /** Sorts by falling score, then from left to right; -1 if there is no such token. */
  private long candidate(int left, SentencePieces pieces) {
    int end = ends[next[left]];
    if (end - left > pieces.longest()) {
      return NONE;
    }
    int id = pieces.token(text.substring(left, end));
    return id < 0 ? NONE : (long) falling(pieces.score(id)) << 32 | left;
  }

  /** An int, not negative as the sign of a long, that falls where the score rises. */
  private static int falling(float score) {
    int bits = Float.floatToIntBits(score + 0f);
    int rising = bits >= 0 ? bits : bits ^ 0x7FFFFFFF;
    return ~rising;
  }

  void forEach(Consumer<String> consumer) {
    for (int at = text.isEmpty() ? NONE : 0; at != NONE; at = next[at]) {
      consumer.accept(text.substring(at, ends[at]));
    }
  }
}
