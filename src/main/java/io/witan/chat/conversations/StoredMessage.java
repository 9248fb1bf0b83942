package io.witan.chat.conversations;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.AnswerRead;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was stored; what of it may be shown is decided by {@link Redaction}.
 *
 * @param searched collections that were searched
 * @param readVersions text versions that a model was given to read
 * @param sources collections that a written answer may rest on; null if nobody knows
 */
record StoredMessage(
    MessageId id,
    Message.Role role,
    Instant createdAt,
    @Nullable String text,
    MessageState state,
    @Nullable AnswerMode mode,
    @Nullable String writer,
    List<StoredBlock> blocks,
    List<StoredCitation> citations,
    List<UUID> searched,
    List<Considered> considered,
    @Nullable Timing timing,
    Message.@Nullable Rating rating,
    Message.@Nullable MessageProblem problem,
    @Nullable AnswerRead read,
    boolean cutOff,
    List<UUID> readVersions,
    @Nullable AnswerRemote remote,
    @Nullable Set<UUID> sources) {

  /** A block without its citations. */
  record StoredBlock(int place, AnswerBlock.Kind kind, String text) {}

  /**
   * A citation and the block it belongs to.
   *
   * @param erased whether the document was deleted
   */
  record StoredCitation(int place, Citation citation, boolean erased) {}

  /** A passage that the search gave; its text is asked of retrieval. */
  record Considered(
      int rank,
      UUID passageId,
      UUID documentId,
      UUID textVersionId,
      UUID collectionId,
      String heading,
      @Nullable Integer page,
      int start,
      int end) {}

  StoredMessage {
    blocks = List.copyOf(blocks);
    citations = List.copyOf(citations);
    searched = List.copyOf(searched);
    considered = List.copyOf(considered);
    readVersions = List.copyOf(readVersions);
    sources = sources == null ? null : Set.copyOf(sources);
  }
}
