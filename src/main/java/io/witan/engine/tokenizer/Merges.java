package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which two symbols become one, and in what order. A symbol is any text that merging can lead to:
 * the 256 characters of the alphabet and the sides and results of the merges. Nearly all of them
 * are tokens and have the token's number; the others have numbers after the last token.
 */
final class Merges {
  private static final String KEY = "tokenizer.ggml.merges";
  private static final int MOST_OTHERS = 1 << 18;

  private final Vocabulary vocabulary;
  private final Map<String, Integer> others = new HashMap<>();
  private final List<String> otherTexts = new ArrayList<>();
  private final LongIntMap ranks;
  private final int[] results;
  private final int[] byteSymbols = new int[256];

  private Merges(List<String> merges, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    ranks = new LongIntMap(merges.size());
    results = new int[merges.size()];
    for (int value = 0; value < byteSymbols.length; value++) {
      byteSymbols[value] = number(String.valueOf(ByteAlphabet.character(value)));
    }
    for (int rank = 0; rank < results.length; rank++) {
      String merge = merges.get(rank);
      int space = merge.indexOf(' ', 1);
      if (space < 0) {
        throw new EngineException.InvalidFile("%s[%d] is not two parts".formatted(KEY, rank));
      }
      String left = merge.substring(0, space);
      String right = merge.substring(space + 1);
      results[rank] = number(left + right);
      ranks.putIfAbsent(pair(number(left), number(right)), rank);
    }
  }

  static Merges of(GgufMetadata metadata, Vocabulary vocabulary) {
    return new Merges(metadata.strings(KEY), vocabulary);
  }

  private int number(String text) {
    int token = vocabulary.id(text);
    if (token >= 0) {
      return token;
    }
    var known = others.putIfAbsent(text, otherTexts.size());
    if (known != null) {
      return vocabulary.size() + known;
    }
    if (otherTexts.size() == MOST_OTHERS) {
      throw new EngineException.InvalidFile(
          "%s has more than %d parts that are no tokens".formatted(KEY, MOST_OTHERS));
    }
    otherTexts.add(text);
    return vocabulary.size() + otherTexts.size() - 1;
  }

  int byteSymbol(int unsignedByte) {
    return byteSymbols[unsignedByte];
  }

  boolean isToken(int symbol) {
    return symbol < vocabulary.size();
  }

  String text(int symbol) {
    return isToken(symbol) ? vocabulary.text(symbol) : otherTexts.get(symbol - vocabulary.size());
  }

  /** The rank of a merge, lower ones first, or -1 if these two do not merge. */
  int rank(int left, int right) {
    return ranks.get(pair(left, right));
  }

  int result(int rank) {
    return results[rank];
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
