package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * SentencePiece's byte-pair model (Kudo and Richardson 2018) as llama.cpp does it: a text starts as
 * single characters, with U+2581 for spaces, and the two neighbours whose token has the highest
 * score are merged, the leftmost first. A character that has no token becomes the tokens of its
 * bytes.
 */
final class SentencePieces implements Segmentation {
  private static final char SPACE = '▁';
  private static final String SCORES = "tokenizer.ggml.scores";

  private final Vocabulary vocabulary;
  private final float[] scores;
  private final boolean leadingSpace;
  private final int[] byteTokens = new int[256];

  SentencePieces(GgufMetadata metadata, Vocabulary vocabulary, int unknown) {
    this.vocabulary = vocabulary;
    this.leadingSpace = metadata.findBoolean("tokenizer.ggml.add_space_prefix").orElse(true);
    this.scores = metadata.floats(SCORES);
    if (scores.length < vocabulary.size()) {
      throw new EngineException.InvalidFile(
          "%s has %d entries for %d tokens".formatted(SCORES, scores.length, vocabulary.size()));
    }
    for (int id = 0; id < vocabulary.size(); id++) {
      if (Float.isNaN(scores[id])) {
        throw new EngineException.InvalidFile(SCORES + "[" + id + "] is not a number");
      }
      if (vocabulary.type(id) == TokenType.BYTE) {
        byteOf(vocabulary.text(id));
      }
    }
    for (int value = 0; value < byteTokens.length; value++) {
      int id = vocabulary.id("<0x%02X>".formatted(value));
      if (id < 0 && value < 0x80) {
        id = vocabulary.id(String.valueOf((char) value));
      }
      byteTokens[value] = id < 0 ? unknown : id;
    }
  }

  private static int byteOf(String text) {
    if (text.length() == 6
        && text.startsWith("<0x")
        && text.endsWith(">")
        && HexFormat.isHexDigit(text.charAt(3))
        && HexFormat.isHexDigit(text.charAt(4))) {
      return HexFormat.fromHexDigits(text, 3, 5);
    }
    throw new EngineException.InvalidFile("the byte token " + text + " is not like <0x0A>");
  }

  @Override
  public void encode(String text, boolean atStart, IntList ids) {
    String marked = (atStart && leadingSpace ? " " + text : text).replace(' ', SPACE);
    var chain = new CharacterChain(marked);
    chain.merge(this);
    chain.forEach(part -> append(part, ids));
  }

  /** The token with this text, or -1. */
  int token(String text) {
    return vocabulary.id(text);
  }

  int longest() {
    return vocabulary.longest();
  }

  float score(int id) {
    return scores[id];
  }

  private void append(String text, IntList ids) {
    int id = vocabulary.id(text);
    if (id >= 0) {
      ids.add(id);
      return;
    }
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      int token = byteTokens[value & 0xFF];
      if (token >= 0) {
        ids.add(token);
      }
    }
  }

  @Override
  public byte[] bytes(int id) {
    String text = vocabulary.text(id);
    return switch (vocabulary.type(id)) {
      case BYTE -> new byte[] {(byte) byteOf(text)};
      case NORMAL -> text.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
      case UNKNOWN, CONTROL, USER_DEFINED, UNUSED, UNDEFINED ->
          text.getBytes(StandardCharsets.UTF_8);
    };
  }

  @Override
  public boolean addsLeadingSpace() {
    return leadingSpace;
  }

  @Override
  public boolean tidiesSpaces() {
    return false;
  }
}
