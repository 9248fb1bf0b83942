package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.chat.Answer;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.AnswerRead;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.Passage;
import io.witan.chat.Searched;
import io.witan.chat.Timing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question or an answer as its owner sees it now.
 *
 * @param text of a question
 * @param writer the model that wrote the answer; null for quotes
 * @param nearest what came nearest when the answer abstained
 * @param read what a model read for it; null if none was asked
 * @param cutOff whether the model had more to say than it may
 * @param remote what left the machine, or might have; null if the generator runs here
 */
@Schema(name = "Message")
record Message(
    UUID id,
    Role role,
    Instant createdAt,
    @Nullable String text,
    MessageState state,
    @Nullable AnswerMode mode,
    @Nullable String writer,
    List<AnswerBlock> blocks,
    List<Citation> citations,
    @Nullable Searched searched,
    List<Passage> nearest,
    @Nullable Timing timing,
    @Nullable Rating rating,
    @Nullable MessageProblem problem,
    @Nullable AnswerRead read,
    boolean cutOff,
    @Nullable AnswerRemote remote) {

  /** Who speaks. */
  @Schema(name = "MessageRole")
  enum Role {
    QUESTION,
    ANSWER
  }

  /** What the reader thinks of an answer. */
  @Schema(name = "MessageRating")
  enum Rating {
    UP,
    DOWN
  }

  /** Why an answer failed. */
  @Schema(name = "MessageProblem")
  record MessageProblem(String code, String title, String detail) {}

  Message {
    blocks = List.copyOf(blocks);
    citations = List.copyOf(citations);
    nearest = List.copyOf(nearest);
  }

  static Message question(MessageId id, Instant createdAt, String text) {
    return new Message(
        id.value(),
        Role.QUESTION,
        createdAt,
        text,
        MessageState.COMPLETE,
        null,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        false,
        null);
  }

  /** An answer that was not stored. */
  static Message of(MessageId id, Instant createdAt, Answer answer) {
    var writing = answer.writing();
    var end = answer.writingEnd();
    return new Message(
        id.value(),
        Role.ANSWER,
        createdAt,
        null,
        answer.stopped() ? MessageState.STOPPED : MessageState.COMPLETE,
        answer.mode(),
        writing == null ? null : writing.model().name(),
        answer.blocks(),
        answer.citations(),
        answer.searched(),
        answer.nearest(),
        answer.timing(),
        null,
        null,
        writing == null ? null : writing.read(),
        end != null && end.cutOff(),
        answer.remote());
  }
}
