package io.witan.chat;

/** How an answer came about. */
public enum AnswerMode {
  /** Sentences of the sources, verbatim. */
  QUOTE,
  /** Written by a model. */
  WRITTEN,
  /** The searched documents do not contain it. */
  ABSTAINED
}
