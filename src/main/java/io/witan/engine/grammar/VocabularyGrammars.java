package io.witan.engine.grammar;

import io.witan.engine.tokenizer.Tokenizer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Compiles grammars for one vocabulary and keeps those last used, with the masks they came to need.
 * Safe for use by several threads.
 */
public final class VocabularyGrammars {
  private static final int KEPT = 16;

  private final TokenTrie trie;
  private final byte[][] texts;
  private final BitSet ends;
  private final Map<Object, TokenGrammar> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, TokenGrammar> eldest) {
          return size() > KEPT;
        }
      };

  VocabularyGrammars(byte[][] texts, BitSet ends) {
    this.texts = texts;
    this.ends = ends;
    this.trie = new TokenTrie(texts);
  }

  /** All tokens; a control token is no text, and only grammars that name it allow it. */
  public static VocabularyGrammars of(Tokenizer tokenizer) {
    var ends = new BitSet();
    byte[][] texts = new byte[tokenizer.size()][];
    for (int id = 0; id < texts.length; id++) {
      boolean end = tokenizer.endsGeneration(id);
      ends.set(id, end);
      texts[id] =
          end
              ? new byte[0]
              : tokenizer.isControl(id)
                  ? Expression.controlBytes(tokenizer.text(id))
                  : text(tokenizer.bytes(id));
    }
    return new VocabularyGrammars(texts, ends);
  }

  /** Nothing for a token with a byte that only stands around names of control tokens. */
  private static byte[] text(byte[] bytes) {
    for (byte each : bytes) {
      if (each == (byte) Expression.CONTROL_BYTE) {
        return new byte[0];
      }
    }
    return bytes;
  }

  /**
   * A grammar for this vocabulary.
   *
   * @param key what tells it from others, such as its source
   */
  public TokenGrammar compile(Object key, Supplier<Grammar> source) {
    synchronized (kept) {
      var known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    var compiled = new TokenGrammar(source.get(), trie, texts, ends);
    synchronized (kept) {
      var other = kept.putIfAbsent(key, compiled);
      return other == null ? compiled : other;
    }
  }
}
