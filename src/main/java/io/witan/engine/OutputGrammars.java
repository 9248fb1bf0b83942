package io.witan.engine;

import io.witan.engine.grammar.Grammar;
import io.witan.engine.grammar.VocabularyGrammars;
import io.witan.engine.tokenizer.Tokenizer;

/**
 * Compiles what a model may write. Those last used are kept, so that asking again is cheap. Safe
 * for use by several threads.
 */
public final class OutputGrammars {
  private final VocabularyGrammars vocabulary;

  OutputGrammars(Tokenizer tokenizer) {
    this.vocabulary = VocabularyGrammars.of(tokenizer);
  }

  private record Key(String kind, String source) {}

  /**
   * Texts of a grammar in llama.cpp's notation, GBNF.
   *
   * @throws EngineException.InvalidGrammar naming line and column
   */
  public OutputGrammar gbnf(String source) {
    return new OutputGrammar(
        vocabulary.compile(new Key("gbnf", source), () -> Grammar.ofGbnf(source)));
  }

  /**
   * JSON documents of a schema.
   *
   * @throws EngineException.InvalidGrammar naming the keyword that cannot be held
   */
  public OutputGrammar jsonSchema(String schema) {
    return new OutputGrammar(
        vocabulary.compile(new Key("schema", schema), () -> Grammar.ofJsonSchema(schema)));
  }

  /** Any JSON object. */
  public OutputGrammar jsonObject() {
    return new OutputGrammar(vocabulary.compile(new Key("object", ""), Grammar::ofJsonObjects));
  }
}
