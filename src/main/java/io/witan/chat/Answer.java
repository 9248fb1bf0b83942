package io.witan.chat;

import io.witan.assistants.AssistantSettings;
import io.witan.retrieval.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer with everything that it was made from.
 *
 * @param stopped whether it was stopped before it was complete
 * @param query what was searched for: the question, or with the questions before it
 * @param considered the passages that the search gave, best first
 * @param nearest what came nearest when it abstained
 * @param writing what a model made it from; null if none was asked
 * @param writingEnd how that ended; null if none was asked
 * @param remote what left the machine, or might have; null if the generator runs here
 */
public record Answer(
    AnswerMode mode,
    boolean stopped,
    List<AnswerBlock> blocks,
    List<Citation> citations,
    Searched searched,
    List<Passage> nearest,
    Timing timing,
    String query,
    AssistantSettings assistant,
    List<Hit> considered,
    @Nullable Writing writing,
    @Nullable WritingEnd writingEnd,
    @Nullable AnswerRemote remote) {

  public Answer {
    blocks = List.copyOf(blocks);
    citations = List.copyOf(citations);
    nearest = List.copyOf(nearest);
    considered = List.copyOf(considered);
  }
}
