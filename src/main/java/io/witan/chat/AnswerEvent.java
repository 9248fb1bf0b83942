package io.witan.chat;

import java.util.List;

/** What happens while an answer is made, in this order. */
public sealed interface AnswerEvent {

  /** What is being done. */
  enum Stage {
    SEARCHING,
    READING,
    WRITING
  }

  /**
   * A stage began.
   *
   * @param collections being searched
   * @param passages found so far
   */
  record Progress(Stage stage, int collections, int passages) implements AnswerEvent {}

  /** The search is done. */
  record PassagesFound(List<Passage> items) implements AnswerEvent {
    public PassagesFound {
      items = List.copyOf(items);
    }
  }

  /**
   * A block is complete and its citations are checked.
   *
   * @param place from 0
   * @param citations those that are new with it
   */
  record BlockWritten(int place, AnswerBlock block, List<Citation> citations)
      implements AnswerEvent {
    public BlockWritten {
      citations = List.copyOf(citations);
    }
  }
}
