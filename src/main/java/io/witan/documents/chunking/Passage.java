package io.witan.documents.chunking;

import java.util.ArrayList;
import java.util.List;

/** The passage that is being put together. */
final class Passage {

  private static final double SMALL = 0.35;
  private static final double ROOMY = 1.2;

  private final String text;
  private final ChunkingOptions options;
  private List<Piece> pieces = new ArrayList<>();

  Passage(String text, ChunkingOptions options) {
    this.text = text;
    this.options = options;
  }

  List<Piece> pieces() {
    return pieces;
  }

  void add(Piece piece) {
    pieces.add(piece);
  }

  double size() {
    return pieces.stream().mapToDouble(Piece::size).sum();
  }

  /** Whether the next piece belongs into this passage. */
  boolean takes(Piece next) {
    if (pieces.isEmpty()) {
      return true;
    }
    double size = size();
    double together = size + next.size();
    if (together > options.most()) {
      return false;
    }
    if (pieces.stream().allMatch(Piece::isHeading)) {
      return !next.startsSheet() || together <= options.least();
    }
    if (next.startsSection()) {
      return size <= options.least();
    }
    if (next.isHeading()) {
      return size < 0.5;
    }
    // a last small paragraph is no passage of its own
    return together <= 1 || size < SMALL || (next.size() < SMALL / 2 && together <= ROOMY);
  }

  /**
   * Ends the passage. Headings at its end, and the words that introduce a list, move to the next
   * one.
   */
  List<Piece> end(Piece next) {
    int keep = pieces.size();
    if (next.isItem() && endsWithLeadIn()) {
      keep--;
    }
    while (keep > 0 && pieces.get(keep - 1).isHeading()) {
      keep--;
    }
    double moved = pieces.subList(keep, pieces.size()).stream().mapToDouble(Piece::size).sum();
    if (keep == 0 || moved + next.size() > options.most()) {
      keep = pieces.size();
    }
    var ended = pieces.subList(0, keep);
    pieces = new ArrayList<>(pieces.subList(keep, pieces.size()));
    return ended;
  }

  private boolean endsWithLeadIn() {
    var last = pieces.getLast();
    if (last.isHeading() || last.isItem()) {
      return false;
    }
    char end = text.charAt(last.end() - 1);
    return end == ':' || end == '：';
  }
}
