package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.Set;

/**
 * How text is cut before byte pairs are merged; each rule cuts the pieces of the one before.
 *
 * @param names under which files ask for it in {@code tokenizer.ggml.pre}
 * @param traits what else hangs on the name
 */
record PreTokenizer(Set<String> names, Set<Trait> traits, List<Splitter> rules) {
  /** Names, rules and traits are those of llama.cpp ({@code llama-vocab.cpp}). */
  private static final List<PreTokenizer> KNOWN =
      List.of(
          row(
              Set.of("llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "lfm2"),
              Set.of(Trait.WHOLE_WORDS, Trait.BEGINS, Trait.TIDIES),
              WordSplitter.LLAMA3),
          row(
              Set.of("dbrx", "smaug-bpe", "glm4", "chatglm-bpe"),
              Set.of(Trait.TIDIES),
              WordSplitter.LLAMA3),
          row(
              Set.of("qwen2", "deepseek-r1-qwen", "hunyuan", "grok-2", "solar-open", "megrez"),
              Set.of(),
              WordSplitter.QWEN2),
          row(Set.of("stablelm2"), Set.of(Trait.TIDIES), WordSplitter.QWEN2),
          row(
              Set.of("gpt-2", "phi-2", "mpt", "olmo", "jais", "gigachat", "exaone4", "modern-bert"),
              Set.of(Trait.TIDIES),
              WordSplitter.GPT2),
          row(Set.of("trillion", "granite-docling"), Set.of(), WordSplitter.GPT2),
          row(
              Set.of("starcoder", "refact", "codeshell", "exaone", "minerva-7b"),
              Set.of(Trait.TIDIES),
              RunSplitter.each(CodePoints::isNumber),
              WordSplitter.GPT2),
          row(
              Set.of("command-r", "smollm"),
              Set.of(),
              RunSplitter.each(CodePoints::isNumber),
              WordSplitter.GPT2),
          row(
              Set.of("falcon"),
              Set.of(Trait.TIDIES),
              RunSplitter.runs(
                  (text, at) -> text.isPunctuation(at) || isOneOf(text, at, "$+<=>^~|`")),
              WordSplitter.GPT2,
              RunSplitter.groups(PreTokenizer::isDigit, 3)),
          row(
              Set.of("default"),
              Set.of(Trait.TIDIES),
              RunSplitter.runs(
                  (text, at) -> text.isPunctuation(at) || isOneOf(text, at, "$+<=>^~|")),
              WordSplitter.GPT2,
              RunSplitter.runs(CodePoints::isNumber),
              RunSplitter.groups(PreTokenizer::isDigit, 3)));

  private enum Trait {
    /** A word that is a token is taken as it is, whatever the merges say. */
    WHOLE_WORDS,
    /** The beginning-of-text token is added unless the file says otherwise. */
    BEGINS,
    /** Decoding removes spaces before punctuation. */
    TIDIES
  }

  private static PreTokenizer row(Set<String> names, Set<Trait> traits, Splitter... rules) {
    return new PreTokenizer(names, traits, List.of(rules));
  }

  /**
   * @throws EngineException if there is none of this name
   */
  static PreTokenizer named(String name) {
    return KNOWN.stream()
        .filter(known -> known.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException.Unsupported(
                    "unknown pre-tokenizer " + name + " (tokenizer.ggml.pre)"));
  }

  boolean takesWholeWords() {
    return traits.contains(Trait.WHOLE_WORDS);
  }

  boolean addsBeginning() {
    return traits.contains(Trait.BEGINS);
  }

  boolean tidiesSpaces() {
    return traits.contains(Trait.TIDIES);
  }

  /** Hands every piece to the consumer, in order. */
  void split(CodePoints text, Pieces pieces) {
    split(text, 0, text.length(), 0, pieces);
  }

  private void split(CodePoints text, int from, int to, int rule, Pieces pieces) {
    if (rule == rules.size()) {
      pieces.piece(from, to);
      return;
    }
    int start = from;
    while (start < to) {
      int end = rules.get(rule).end(text, start, to);
      split(text, start, end, rule + 1, pieces);
      start = end;
    }
  }

  private static boolean isOneOf(CodePoints text, int index, String characters) {
    return characters.indexOf(text.at(index)) >= 0;
  }

  private static boolean isDigit(CodePoints text, int index) {
    return text.at(index) >= '0' && text.at(index) <= '9';
  }

  /** Receives the pieces of a text as ranges of code points. */
  @FunctionalInterface
  interface Pieces {
    void piece(int from, int to);
  }
}
