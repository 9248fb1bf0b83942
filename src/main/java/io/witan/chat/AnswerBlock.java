package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A paragraph of an answer.
 *
 * @param text Markdown, empty if redacted
 * @param citations numbers of the citations that it rests on
 */
@Schema(name = "AnswerBlock")
public record AnswerBlock(Kind kind, String text, List<Integer> citations) {

  /** What a block is. */
  @Schema(name = "AnswerBlockKind")
  public enum Kind {
    QUOTE,
    TEXT,
    /** It rests on something that the reader may no longer read, or that is gone. */
    REDACTED
  }

  public AnswerBlock {
    citations = List.copyOf(citations);
  }

  /** The same block without what it said. */
  public AnswerBlock redacted() {
    return new AnswerBlock(Kind.REDACTED, "", citations);
  }
}
