package io.witan.engine.grammar;

import io.witan.engine.grammar.Automaton.State;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A grammar and a vocabulary. Safe for use by several threads; its matchers are not. */
public final class TokenGrammar {
  /** Bytes of masks that one grammar keeps. */
  private static final long KEPT_BYTES = 32L << 20;

  private final Automaton automaton;
  private final TokenTrie trie;
  private final byte[][] texts;
  private final BitSet ends;
  private final ArrayDeque<WeakReference<State>> masked = new ArrayDeque<>();

  TokenGrammar(Grammar grammar, TokenTrie trie, byte[][] texts, BitSet ends) {
    this.automaton = new Automaton(ProgramWriter.write(grammar), trie.longest());
    this.trie = trie;
    this.texts = texts;
    this.ends = ends;
  }

  /** Follows a text from its beginning. */
  public Matcher matcher() {
    return new Matcher();
  }

  private @Nullable TokenMask known(State state) {
    var own = state.mask;
    return own == null ? automaton.similar(state).mask : own;
  }

  private TokenMask mask(State state) {
    var known = known(state);
    if (known == null) {
      var alike = automaton.similar(state);
      long[] bits = trie.allowed(alike);
      if (alike.isComplete()) {
        ends.stream().forEach(id -> bits[id >> 6] |= 1L << id);
      }
      known = new TokenMask(bits);
      keep(alike, known, bits.length * 8L);
    }
    return known;
  }

  private void keep(State state, TokenMask mask, long bytes) {
    synchronized (masked) {
      state.mask = mask;
      masked.add(new WeakReference<>(state));
      while (masked.size() * bytes > KEPT_BYTES) {
        var eldest = masked.remove().get();
        if (eldest != null) {
          eldest.mask = null;
        }
      }
    }
  }

  /** Where one text stands. For one thread at a time. */
  public final class Matcher {
    private @Nullable State state = automaton.start();
    private @Nullable TokenMask mask;

    /** The tokens that may come next; works that out if nobody has yet. */
    public TokenMask mask() {
      var here = state;
      var ready = mask;
      if (ready == null) {
        ready = here == null ? new TokenMask(new long[0]) : TokenGrammar.this.mask(here);
        mask = ready;
      }
      return ready;
    }

    /** Whether {@link #mask()} answers at once. */
    public boolean isReady() {
      var here = state;
      if (mask == null && here != null) {
        mask = known(here);
      }
      return mask != null || here == null;
    }

    /** Whether the text may end here. */
    public boolean isComplete() {
      var here = state;
      return here != null && here.isComplete();
    }

    /** Whether the text is whole and nothing may follow. */
    public boolean isFinal() {
      var here = state;
      return here != null && here.isFinal();
    }

    /**
     * Counts a token as part of the text.
     *
     * @throws IllegalArgumentException if it may not come here
     */
    public void accept(int token) {
      var here = state;
      for (byte each : texts[token]) {
        here = here == null ? null : here.next(each & 0xFF);
      }
      if (here == null || texts[token].length == 0) {
        throw new IllegalArgumentException("token " + token + " may not come here");
      }
      state = here;
      mask = null;
    }
  }
}
