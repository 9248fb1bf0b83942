package io.witan.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Encodes one prompt of trusted and other parts; for one use. */
final class PartEncoder {
  private final Tokenizer tokenizer;
  private final Segmentation segmentation;
  private final SpecialTokens userTokens;
  private final SpecialTokens specialTokens;
  private final IntList ids = new IntList();

  /** What the trusted parts use: no other text may become one of these. */
  private final BitSet steering = new BitSet();

  private boolean atStart = true;

  PartEncoder(
      Tokenizer tokenizer,
      Segmentation segmentation,
      SpecialTokens userTokens,
      SpecialTokens specialTokens) {
    this.tokenizer = tokenizer;
    this.segmentation = segmentation;
    this.userTokens = userTokens;
    this.specialTokens = specialTokens;
  }

  /** Either a special token of a trusted part, or text between two of them. */
  private record Run(int special, String text) {}

  int[] encode(List<Tokenizer.Part> parts) {
    for (var run : runs(parts)) {
      if (run.special >= 0) {
        special(run.special);
      } else {
        text(run.text);
      }
    }
    return ids.toArray();
  }

  private List<Run> runs(List<Tokenizer.Part> parts) {
    var runs = new ArrayList<Run>();
    var plain = new StringBuilder();
    for (var part : parts) {
      String text = Tokenizer.wellFormed(part.text());
      if (!part.trusted()) {
        plain.append(text);
        continue;
      }
      specialTokens.split(
          text,
          new SpecialTokens.Pieces() {
            @Override
            public void text(String piece) {
              plain.append(piece);
            }

            @Override
            public void special(int id) {
              runs.add(new Run(-1, plain.toString()));
              plain.setLength(0);
              runs.add(new Run(id, ""));
              steering.set(id);
            }
          });
    }
    runs.add(new Run(-1, plain.toString()));
    return runs;
  }

  private void special(int id) {
    ids.add(id);
    atStart = true;
  }

  /** Joins the text around names of tokens that it may not have, and cuts at those it may. */
  private void text(String text) {
    var plain = new StringBuilder();
    userTokens.split(
        text,
        new SpecialTokens.Pieces() {
          @Override
          public void text(String piece) {
            plain.append(piece);
          }

          @Override
          public void special(int id) {
            if (isForbidden(id)) {
              plain.append(tokenizer.text(id));
              return;
            }
            plain(plain.toString());
            plain.setLength(0);
            PartEncoder.this.special(id);
          }
        });
    plain(plain.toString());
  }

  private boolean isForbidden(int id) {
    return steering.get(id) || tokenizer.steers(id);
  }

  private void plain(String text) {
    if (text.isEmpty()) {
      return;
    }
    int[] encoded = encoded(text);
    int bad = forbiddenIn(encoded);
    if (bad < 0) {
      add(encoded);
      return;
    }
    // merges made it up from its letters: keep these apart
    var pieces = cut(text, new String(tokenizer.bytes(bad), StandardCharsets.UTF_8));
    if (pieces.size() > 1) {
      pieces.forEach(this::plain);
    } else {
      text.codePoints().forEach(point -> add(encoded(Character.toString(point))));
    }
  }

  /** The text in pieces, none of which contains the name. */
  private static List<String> cut(String text, String name) {
    var pieces = new ArrayList<String>();
    int done = 0;
    if (name.codePointCount(0, name.length()) > 1) {
      for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, done)) {
        int after = text.offsetByCodePoints(at, 1);
        pieces.add(text.substring(done, after));
        done = after;
      }
    }
    pieces.add(text.substring(done));
    return pieces;
  }

  private int[] encoded(String text) {
    var list = new IntList();
    segmentation.encode(text, atStart, list);
    return list.toArray();
  }

  private int forbiddenIn(int[] encoded) {
    for (int id : encoded) {
      if (isForbidden(id)) {
        return id;
      }
    }
    return -1;
  }

  private void add(int[] encoded) {
    for (int id : encoded) {
      if (!isForbidden(id)) {
        ids.add(id);
      }
    }
    atStart = false;
  }
}
