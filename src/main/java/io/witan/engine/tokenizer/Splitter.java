package io.witan.engine.tokenizer;

/** One rule of a pre-tokenizer; reads every character a bounded number of times. */
@FunctionalInterface
interface Splitter {
  /** The end of the piece that starts at {@code from}, past it and not past {@code to}. */
  int end(CodePoints text, int from, int to);
}
