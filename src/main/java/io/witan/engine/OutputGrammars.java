package io.witan.engine;

import io.witan.engine.grammar.Grammar;
import io.witan.engine.grammar.ToolGrammar;
import io.witan.engine.grammar.VocabularyGrammars;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.tools.ToolCallFormat;
import io.witan.engine.tools.ToolUse;
import java.util.BitSet;
import java.util.List;

/**
 * Compiles what a model may write. Those last used are kept, so that asking again is cheap. Safe
 * for use by several threads.
 */
public final class OutputGrammars {
  private final Tokenizer tokenizer;
  private final VocabularyGrammars vocabulary;

  OutputGrammars(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
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

  /**
   * Answers that may call functions, or must.
   *
   * @throws EngineException.InvalidGrammar naming the function and the keyword of its schema that
   *     cannot be held
   */
  public OutputGrammar toolCalls(ToolCallFormat format, ToolUse use) {
    var shown = new BitSet();
    for (var mark : ToolCallFormat.marks()) {
      if (isControl(mark)) {
        shown.set(tokenizer.find(mark).orElseThrow());
      }
    }
    return new OutputGrammar(
        vocabulary.compile(
            List.of(format, use), () -> ToolGrammar.of(format, use, this::isControl)),
        shown);
  }

  private boolean isControl(String name) {
    int token = tokenizer.find(name).orElse(-1);
    return token >= 0 && tokenizer.isControl(token);
  }

  /** Any JSON object. */
  public OutputGrammar jsonObject() {
    return new OutputGrammar(vocabulary.compile(new Key("object", ""), Grammar::ofJsonObjects));
  }
}
