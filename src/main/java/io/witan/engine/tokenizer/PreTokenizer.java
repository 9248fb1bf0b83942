package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.Set;

/**
 * How text is cut before byte pairs are merged, by the name in {@code tokenizer.ggml.pre}; names,
 * rules and what else hangs on the name are those of llama.cpp ({@code llama-vocab.cpp}). Each rule
 * cuts the pieces of the one before.
 */
enum PreTokenizer {
  LLAMA3(
      Set.of("llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "lfm2"),
      Trait.of(Trait.WHOLE_WORDS, Trait.BEGINS, Trait.TIDIES),
      WordSplitter.LLAMA3),
  DBRX(
      Set.of("dbrx", "smaug-bpe", "glm4", "chatglm-bpe"),
      Trait.of(Trait.TIDIES),
      WordSplitter.LLAMA3),
  QWEN2(
      Set.of("qwen2", "deepseek-r1-qwen", "hunyuan", "grok-2", "solar-open"),
      Trait.of(),
      WordSplitter.QWEN2),
  STABLELM2(Set.of("stablelm2", "megrez"), Trait.of(Trait.TIDIES), WordSplitter.QWEN2),
  GPT2(
      Set.of("gpt-2", "phi-2", "mpt", "olmo", "jais", "gigachat", "exaone4", "modern-bert"),
      Trait.of(Trait.TIDIES),
      WordSplitter.GPT2),
  TRILLION(Set.of("trillion", "granite-docling"), Trait.of(), WordSplitter.GPT2),
  STARCODER(
      Set.of("starcoder", "refact", "codeshell", "exaone", "minerva-7b"),
      Trait.of(Trait.TIDIES),
      RunSplitter.each(CodePoints::isNumber),
      WordSplitter.GPT2),
  COMMAND_R(
      Set.of("command-r", "smollm"),
      Trait.of(),
      RunSplitter.each(CodePoints::isNumber),
      WordSplitter.GPT2),
  FALCON(
      Set.of("falcon"),
      Trait.of(Trait.TIDIES),
      RunSplitter.runs(
          (text, at) -> text.isPunctuation(at) || "$+<=>^~|`".indexOf(text.at(at)) >= 0),
      WordSplitter.GPT2,
      RunSplitter.groups(PreTokenizer::isDigit, 3)),
  DEFAULT(
      Set.of("default"),
      Trait.of(Trait.TIDIES),
      RunSplitter.runs(
          (text, at) -> text.isPunctuation(at) || "$+<=>^~|".indexOf(text.at(at)) >= 0),
      WordSplitter.GPT2,
      RunSplitter.runs(CodePoints::isNumber),
      RunSplitter.groups(PreTokenizer::isDigit, 3));

  private enum Trait {
    /** A word that is a token is taken as it is, whatever the merges say. */
    WHOLE_WORDS,
    /** The beginning-of-text token is added unless the file says otherwise. */
    BEGINS,
    /** Decoding removes spaces before punctuation. */
    TIDIES;

    static Set<Trait> of(Trait... traits) {
      return Set.of(traits);
    }
  }

  private final Set<String> names;
  private final Set<Trait> traits;
  private final List<Splitter> rules;

  PreTokenizer(Set<String> names, Set<Trait> traits, Splitter... rules) {
    this.names = names;
    this.traits = traits;
    this.rules = List.of(rules);
  }

  /**
   * @throws EngineException if there is none of this name
   */
  static PreTokenizer named(String name) {
    for (var known : values()) {
      if (known.names.contains(name)) {
        return known;
      }
    }
    throw new EngineException.Unsupported(
        "unknown pre-tokenizer " + name + " (tokenizer.ggml.pre)");
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

  private static boolean isDigit(CodePoints text, int index) {
    return text.at(index) >= '0' && text.at(index) <= '9';
  }

  /** Receives the pieces of a text as ranges of code points. */
  @FunctionalInterface
  interface Pieces {
    void piece(int from, int to);
  }
}
