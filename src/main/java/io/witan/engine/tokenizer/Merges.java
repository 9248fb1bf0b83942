package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which two symbols become one, and in what order. A symbol is any text that merging can lead to:
 * the 256 characters of the alphabet and the sides and results of the merges. They have numbers of
 * their own because not each needs to be a token.
 */
final class Merges {
  private static final String KEY = "tokenizer.ggml.merges";

  private final Map<String, Integer> numbers;
  private final List<String> texts = new ArrayList<>();
  private final LongIntMap ranks;
  private final int[] results;
  private final int[] byteSymbols = new int[256];

  private Merges(List<String> merges) {
    numbers = HashMap.newHashMap(merges.size() + byteSymbols.length);
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

  static Merges of(GgufMetadata metadata) {
    return new Merges(metadata.strings(KEY));
  }

  private int number(String text) {
    var known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /** The token of each symbol, or -1. */
  int[] tokens(Vocabulary vocabulary) {
    return texts.stream().mapToInt(vocabulary::id).toArray();
  }

  int byteSymbol(int unsignedByte) {
    return byteSymbols[unsignedByte];
  }

  String text(int symbol) {
    return texts.get(symbol);
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
