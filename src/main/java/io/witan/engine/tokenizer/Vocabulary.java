package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a model: texts as the file spells them, and types. */
final class Vocabulary {
  static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";

  private final List<String> texts;
  private final TokenType[] types;
  private final Map<String, Integer> ids;
  private final int longest;

  private Vocabulary(List<String> texts, TokenType[] types) {
    this.texts = texts;
    this.types = types;
    this.ids = HashMap.newHashMap(texts.size());
    this.longest = texts.stream().mapToInt(String::length).max().orElse(0);
    for (int id = 0; id < texts.size(); id++) {
      ids.putIfAbsent(texts.get(id), id);
      if (EndTokens.endsGeneration(texts.get(id))) {
        types[id] = TokenType.CONTROL;
      }
    }
  }

  static Vocabulary of(GgufMetadata metadata) {
    var texts = metadata.strings(TOKENS);
    if (texts.isEmpty()) {
      throw new EngineException.InvalidFile("the vocabulary (" + TOKENS + ") is empty");
    }
    var types = new TokenType[texts.size()];
    int[] numbers = metadata.findInts(TYPES).orElse(null);
    if (numbers != null && numbers.length < types.length) {
      throw new EngineException.InvalidFile(
          "%s has %d entries for %d tokens".formatted(TYPES, numbers.length, types.length));
    }
    for (int id = 0; id < types.length; id++) {
      types[id] = numbers == null ? TokenType.NORMAL : TokenType.of(numbers[id]);
    }
    return new Vocabulary(texts, types);
  }

  int size() {
    return texts.size();
  }

  /** The text as the file spells it. */
  String text(int id) {
    return texts.get(id);
  }

  /** UTF-16 units of the longest text. */
  int longest() {
    return longest;
  }

  TokenType type(int id) {
    return types[id];
  }

  /** The id of the token with this text, or -1. */
  int id(String text) {
    return ids.getOrDefault(text, -1);
  }
}
