package io.witan.engine.grammar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The tokens of a vocabulary by their bytes, so that those with the same beginning are looked at
 * once. Nodes are numbered in preorder.
 */
final class TokenTrie {
  private final int vocabulary;
  private final int longest;
  private final int[] tokens;
  private final int[] firstToken;
  private final int[] behind;
  private final byte[] bytes;
  private final short[] depths;
  private int size;

  /**
   * @param texts the bytes of each token; empty ones never come
   */
  TokenTrie(byte[][] texts) {
    this.vocabulary = texts.length;
    this.tokens =
        IntStream.range(0, texts.length)
            .filter(id -> of(texts, id).length > 0)
            .boxed()
            .sorted(Comparator.comparing(id -> of(texts, id), Arrays::compareUnsigned))
            .mapToInt(Integer::intValue)
            .toArray();
    int most = 1 + Arrays.stream(tokens).map(id -> of(texts, id).length).sum();
    this.longest = Arrays.stream(tokens).map(id -> of(texts, id).length).max().orElse(0);
    byte[] nodeBytes = new byte[most];
    short[] nodeDepths = new short[most];
    int[] nodeTokens = new int[most + 1];
    int[] nodeBehind = new int[most];
    int[] path = new int[longest + 1];
    byte[] before = {};
    for (int i = 0; i < tokens.length; i++) {
      byte[] text = of(texts, tokens[i]);
      int mismatch = Arrays.mismatch(before, text);
      int common = mismatch < 0 ? text.length : mismatch;
      for (int depth = common; depth < before.length; depth++) {
        nodeBehind[path[depth]] = size;
      }
      for (int depth = common; depth < text.length; depth++) {
        path[depth] = size;
        nodeBytes[size] = text[depth];
        nodeDepths[size] = (short) depth;
        nodeTokens[size++] = i;
      }
      before = text;
    }
    for (int depth = 0; depth < before.length; depth++) {
      nodeBehind[path[depth]] = size;
    }
    nodeTokens[size] = tokens.length;
    this.bytes = Arrays.copyOf(nodeBytes, size);
    this.depths = Arrays.copyOf(nodeDepths, size);
    this.firstToken = lasting(nodeTokens, texts);
    this.behind = Arrays.copyOf(nodeBehind, size);
  }

  /** Where the tokens that end at each node begin; those of a node end where its text changes. */
  private int[] lasting(int[] nodeTokens, byte[][] texts) {
    int[] first = new int[2 * size];
    for (int node = 0; node < size; node++) {
      int from = nodeTokens[node];
      int to = from;
      int length = depths[node] + 1;
      while (to < tokens.length
          && of(texts, tokens[to]).length == length
          && Arrays.equals(of(texts, tokens[to]), of(texts, tokens[from]))) {
        to++;
      }
      first[2 * node] = from;
      first[2 * node + 1] = to;
    }
    return first;
  }

  private static byte[] of(byte[][] texts, int id) {
    byte[] text = texts[id];
    return text.length > Short.MAX_VALUE ? new byte[0] : text;
  }

  /** Bytes of the longest token. */
  int longest() {
    return longest;
  }

  /** Sets the bits of the tokens whose bytes may come after a state. */
  long[] allowed(Automaton.State from) {
    long[] bits = new long[(vocabulary + 63) >> 6];
    var path = new Automaton.State[longest + 1];
    path[0] = from;
    int node = 0;
    while (node < size) {
      int depth = depths[node];
      var next = path[depth].next(bytes[node] & 0xFF);
      if (next == null) {
        node = behind[node];
      } else {
        path[depth + 1] = next;
        for (int i = firstToken[2 * node]; i < firstToken[2 * node + 1]; i++) {
          bits[tokens[i] >> 6] |= 1L << tokens[i];
        }
        node++;
      }
    }
    return bits;
  }
}
