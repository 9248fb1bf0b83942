package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;

/**
 * Finds special tokens in text: at the leftmost place where one starts, the longest. Takes time
 * linear in the text, for the tokens are short.
 */
final class SpecialTokens {
  private static final int MOST_CHARACTERS = 512;
  private static final int MOST_NODES = 1 << 20;
  private static final int ROOT = 0;

  /** (node, character) to node; nodes are numbered from 1. */
  private final LongIntMap edges = new LongIntMap(1024);

  /** Node to token. */
  private final LongIntMap tokens = new LongIntMap(256);

  private int nodes = 1;

  SpecialTokens(Vocabulary vocabulary, boolean withControl) {
    for (int id = 0; id < vocabulary.size(); id++) {
      boolean wanted =
          switch (vocabulary.type(id)) {
            case USER_DEFINED -> true;
            case CONTROL, UNKNOWN -> withControl;
            case NORMAL, UNDEFINED, UNUSED, BYTE -> false;
          };
      if (wanted && !vocabulary.text(id).isEmpty()) {
        add(vocabulary.text(id), id);
      }
    }
  }

  private void add(String text, int id) {
    if (text.length() > MOST_CHARACTERS) {
      throw new EngineException.InvalidFile(
          "special token %d has %d characters, over the limit of %d"
              .formatted(id, text.length(), MOST_CHARACTERS));
    }
    int node = ROOT;
    for (int i = 0; i < text.length(); i++) {
      long edge = edge(node, text.charAt(i));
      int next = edges.get(edge);
      if (next == LongIntMap.ABSENT) {
        next = newNode();
        edges.putIfAbsent(edge, next);
      }
      node = next;
    }
    tokens.putIfAbsent(node, id);
  }

  private int newNode() {
    if (nodes == MOST_NODES) {
      throw new EngineException.InvalidFile(
          "the special tokens have more than " + MOST_NODES + " characters");
    }
    return nodes++;
  }

  /**
   * The longest token that starts exactly here, as its length in the upper half and its id in the
   * lower, or -1.
   */
  private long longestAt(String text, int start) {
    long found = -1;
    int node = ROOT;
    for (int i = start; i < text.length(); i++) {
      node = edges.get(edge(node, text.charAt(i)));
      if (node == LongIntMap.ABSENT) {
        break;
      }
      int id = tokens.get(node);
      if (id != LongIntMap.ABSENT) {
        found = (long) (i + 1 - start) << 32 | id;
      }
    }
    return found;
  }

  /** Hands text and special tokens to the consumer in their order. */
  void split(String text, Pieces pieces) {
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      long found = longestAt(text, at);
      if (found < 0) {
        at++;
        continue;
      }
      if (at > done) {
        pieces.text(text.substring(done, at));
      }
      pieces.special((int) found);
      at += (int) (found >>> 32);
      done = at;
    }
    if (done < text.length()) {
      pieces.text(text.substring(done));
    }
  }

  private static long edge(int node, char character) {
    return (long) node << 16 | character;
  }

  /** Receives the parts of a text. */
  interface Pieces {
    void text(String text);

    void special(int id);
  }
}
