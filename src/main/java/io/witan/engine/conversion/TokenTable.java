package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tokens of a model by id. Ids that no file names are {@code [PAD…]}, as in llama.cpp. */
final class TokenTable {
  static final int NORMAL = 1;
  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int USER_DEFINED = 4;
  static final int UNUSED = 5;
  static final int BYTE = 6;

  /** What SentencePiece vocabularies give tokens that were added later. */
  static final float ADDED_SCORE = -1000;

  private static final float PAD_SCORE = -10_000;
  private static final int MOST_TOKENS = 1 << 20;
  private static final String WORD_START = "\u2581";
  private static final Set<String> STEERING = Set.of("<pad>", "<mask>", "<2mass>", "[@BOS@]");

  private final String[] texts;
  private final float[] scores;
  private final int[] types;

  TokenTable(int size, String file) {
    if (size < 1 || size > MOST_TOKENS) {
      throw new EngineException.InvalidFile(file + ": a vocabulary of " + size + " tokens");
    }
    texts = new String[size];
    scores = new float[size];
    types = new int[size];
    Arrays.setAll(texts, id -> "[PAD" + id + "]");
    Arrays.fill(scores, PAD_SCORE);
    Arrays.fill(types, UNUSED);
  }

  int size() {
    return texts.length;
  }

  boolean holds(int id) {
    return id >= 0 && id < texts.length;
  }

  String text(int id) {
    return texts[id];
  }

  void set(int id, String text, float score, int type) {
    texts[id] = text;
    scores[id] = score;
    types[id] = type;
  }

  /** A token that was added to the vocabulary; some that steer are not marked as special. */
  void add(int id, String text, boolean special) {
    if (special || looksSpecial(text)) {
      set(id, text, ADDED_SCORE, CONTROL);
    } else {
      set(id, text.replace(WORD_START, " "), ADDED_SCORE, USER_DEFINED);
    }
  }

  private static boolean looksSpecial(String text) {
    return STEERING.contains(text)
        || (text.startsWith("<|") && text.endsWith("|>"))
        || (text.startsWith("<\uff5c") && text.endsWith("\uff5c>"))
        || (text.startsWith("<unused") && text.endsWith(">"));
  }

  /** The last token with this text. */
  OptionalInt find(String text) {
    for (int id = texts.length - 1; id >= 0; id--) {
      if (texts[id].equals(text)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  Map<String, Integer> ids() {
    var ids = new HashMap<String, Integer>();
    for (int id = 0; id < texts.length; id++) {
      ids.put(texts[id], id);
    }
    return ids;
  }

  void write(GgufWriter writer, boolean withScores) {
    writer.strings("tokenizer.ggml.tokens", List.of(texts));
    if (withScores) {
      writer.floats("tokenizer.ggml.scores", scores);
    }
    writer.ints("tokenizer.ggml.token_type", types);
  }
}
