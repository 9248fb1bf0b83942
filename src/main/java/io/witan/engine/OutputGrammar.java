package io.witan.engine;

import io.witan.engine.grammar.TokenGrammar;
import java.util.BitSet;

/** What a model may write, compiled for its vocabulary by {@link LanguageModel}. */
public final class OutputGrammar {
  private final TokenGrammar compiled;
  private final BitSet shown;

  OutputGrammar(TokenGrammar compiled) {
    this(compiled, new BitSet());
  }

  /**
   * @param shown control tokens whose names are part of the text
   */
  OutputGrammar(TokenGrammar compiled, BitSet shown) {
    this.compiled = compiled;
    this.shown = shown;
  }

  boolean shows(int token) {
    return shown.get(token);
  }

  TokenGrammar compiled() {
    return compiled;
  }
}
