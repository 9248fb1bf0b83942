package io.witan.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while an answer is made, in this order. */
public sealed interface AnswerEvent {

  /** What is being done. */
  enum Stage {
    SEARCHING,
    /** Other answers are written first. */
    QUEUED,
    READING,
    WRITING
  }

  /**
   * A stage began.
   *
   * @param collections being searched
   * @param passages found so far
   * @param position in the queue of the model, 1 for the next; null unless queued
   * @param tokens that the model has read; null unless it reads
   * @param ofTokens that it is to read; null unless it reads
   */
  record Progress(
      Stage stage,
      int collections,
      int passages,
      @Nullable Integer position,
      @Nullable Integer tokens,
      @Nullable Integer ofTokens)
      implements AnswerEvent {
    public Progress(Stage stage, int collections, int passages) {
      this(stage, collections, passages, null, null, null);
    }
  }

  /** The search is done. */
  record PassagesFound(List<Passage> items) implements AnswerEvent {
    public PassagesFound {
      items = List.copyOf(items);
    }
  }

  /** What leaves the machine is settled; nothing has left it yet. */
  record LeavingSettled(AnswerRemote remote) implements AnswerEvent {}

  /** A model takes the question; what it will read is settled. */
  record WritingBegun(Writing writing) implements AnswerEvent {}

  /**
   * A model wrote more of a block. What it says is said again by {@link BlockWritten} when the
   * block is complete.
   *
   * @param place from 0
   * @param delta Markdown, in which {@code [n]} is the citation of that number
   * @param citations those that are new with it, checked
   */
  record TextWritten(int place, String delta, List<Citation> citations) implements AnswerEvent {
    public TextWritten {
      citations = List.copyOf(citations);
    }
  }

  /**
   * A block is complete and its citations are checked.
   *
   * @param place from 0
   * @param citations all of the block
   */
  record BlockWritten(int place, AnswerBlock block, List<Citation> citations)
      implements AnswerEvent {
    public BlockWritten {
      citations = List.copyOf(citations);
    }
  }
}
