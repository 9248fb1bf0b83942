package io.witan.chat.writing;

import io.witan.chat.AnswerBlock;
import io.witan.chat.Citation;
import io.witan.chat.Writing;
import io.witan.chat.WritingEnd;
import java.util.List;

/**
 * What a model wrote.
 *
 * @param blocks none if nothing was written that a passage supports
 * @param absent whether the model says that the passages do not hold the answer
 */
public record Written(
    List<AnswerBlock> blocks,
    List<Citation> citations,
    Writing writing,
    WritingEnd end,
    boolean absent) {
  public Written {
    blocks = List.copyOf(blocks);
    citations = List.copyOf(citations);
  }
}
