package io.witan.engine;

import io.witan.engine.grammar.TokenGrammar;

/** What a model may write, compiled for its vocabulary by {@link LanguageModel}. */
public final class OutputGrammar {
  private final TokenGrammar compiled;

  OutputGrammar(TokenGrammar compiled) {
    this.compiled = compiled;
  }

  TokenGrammar compiled() {
    return compiled;
  }
}
