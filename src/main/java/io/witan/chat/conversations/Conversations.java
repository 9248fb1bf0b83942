package io.witan.chat.conversations;

import io.witan.assistants.AssistantId;
import io.witan.assistants.Assistants;
import io.witan.chat.conversations.Message.Rating;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Cursor;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A person's conversations: kept, listed, changed, and shown as far as they may be. */
@Service
class Conversations {
  private static final int MAX_TITLE = 200;
  private static final int MAX_REASON = 2_000;

  private final ConversationRepository conversations;
  private final ConversationCopies copies;
  private final MessageRepository messages;
  private final MessagePlaces places;
  private final MessageReader reader;
  private final Redaction redaction;
  private final Assistants assistants;
  private final ScopedTransactions transactions;
  private final Clock clock;

  Conversations(
      ConversationRepository conversations,
      ConversationCopies copies,
      MessageRepository messages,
      MessagePlaces places,
      MessageReader reader,
      Redaction redaction,
      Assistants assistants,
      ScopedTransactions transactions,
      Clock clock) {
    this.conversations = conversations;
    this.copies = copies;
    this.messages = messages;
    this.places = places;
    this.reader = reader;
    this.redaction = redaction;
    this.assistants = assistants;
    this.transactions = transactions;
    this.clock = clock;
  }

  Page<ConversationSummary> list(
      AccessScope scope, @Nullable String query, @Nullable String cursor, @Nullable Integer asked) {
    int limit = Page.limit(asked);
    var after = position(cursor);
    var rows =
        transactions.read(
            scope,
            () ->
                conversations.list(
                    scope.requirePerson(), query == null ? "" : query.strip(), after, limit + 1));
    return Page.cut(rows, limit, row -> Cursor.of(row.pinned(), row.updatedAt(), row.id()));
  }

  private static ConversationRepository.@Nullable Position position(@Nullable String cursor) {
    var keys = Cursor.parse(cursor, 3);
    if (keys == null) {
      return null;
    }
    try {
      return new ConversationRepository.Position(
          Boolean.parseBoolean(keys.get(0)),
          Instant.parse(keys.get(1)),
          UUID.fromString(keys.get(2)));
    } catch (DateTimeParseException | IllegalArgumentException notOurs) {
      throw new InvalidInput("cursor", "does not belong to this list; start without a cursor");
    }
  }

  Conversation create(
      AccessScope scope, @Nullable UUID assistant, @Nullable List<UUID> collections) {
    if (assistant != null) {
      assistants.settings(scope, new AssistantId(assistant));
    }
    var id = new ConversationId(UUID.randomUUID());
    transactions.run(
        scope,
        () ->
            conversations.insert(
                id,
                scope.requirePerson(),
                assistant,
                collections == null ? null : new HashSet<>(collections),
                now()));
    return get(scope, id);
  }

  /**
   * A conversation of its own that goes on from an answer of this one.
   *
   * @throws AnswerRunning if that answer is still being written
   */
  Conversation branch(AccessScope scope, ConversationId id, MessageId answer) {
    var owner = scope.requirePerson();
    var branch = new ConversationId(UUID.randomUUID());
    transactions.run(
        scope,
        () -> {
          if (conversations.lock(owner, id).isEmpty()) {
            throw new ConversationNotFound();
          }
          var last =
              places
                  .find(owner, answer)
                  .filter(place -> place.conversation().equals(id))
                  .orElseThrow(MessageNotFound::new);
          if (last.role() != Message.Role.ANSWER) {
            throw new InvalidInput("messageId", "must be an answer");
          }
          if (places.isAnswering(id) && last.position() == places.nextPosition(id) - 1) {
            throw new AnswerRunning();
          }
          copies.insert(owner, id, branch, now());
          copies.messages(owner, id, branch, last.position());
        });
    return get(scope, branch);
  }

  Conversation get(AccessScope scope, ConversationId id) {
    return transactions.read(
        scope, () -> Conversation.of(require(scope, id), redaction.visible(scope, reader.of(id))));
  }

  /** The stored conversation, for its owner only. */
  StoredConversation require(AccessScope scope, ConversationId id) {
    return transactions.read(
        scope,
        () -> conversations.find(scope.requirePerson(), id).orElseThrow(ConversationNotFound::new));
  }

  Message message(AccessScope scope, ConversationId conversation, MessageId id) {
    return transactions.read(
        scope,
        () -> {
          var stored = reader.one(conversation, id).orElseThrow(MessageNotFound::new);
          return redaction.visible(scope, List.of(stored)).getFirst();
        });
  }

  Conversation change(
      AccessScope scope, ConversationId id, @Nullable String title, @Nullable Boolean pinned) {
    var renamed = title == null ? null : title.strip();
    if (renamed != null && (renamed.isEmpty() || renamed.length() > MAX_TITLE)) {
      throw new InvalidInput("title", "must have 1 to " + MAX_TITLE + " characters");
    }
    transactions.run(
        scope,
        () -> {
          var old =
              conversations
                  .lock(scope.requirePerson(), id)
                  .orElseThrow(ConversationNotFound::new)
                  .summary();
          conversations.rename(
              id, renamed == null ? old.title() : renamed, pinned == null ? old.pinned() : pinned);
        });
    return get(scope, id);
  }

  void delete(AccessScope scope, ConversationId id) {
    boolean deleted =
        transactions.write(scope, () -> conversations.delete(scope.requirePerson(), id));
    if (!deleted) {
      throw new ConversationNotFound();
    }
  }

  void rate(AccessScope scope, MessageId id, @Nullable Rating rating, @Nullable String reason) {
    if (reason != null && reason.length() > MAX_REASON) {
      throw new InvalidInput("reason", "may have at most " + MAX_REASON + " characters");
    }
    boolean rated =
        transactions.write(scope, () -> messages.rate(scope.requirePerson(), id, rating, reason));
    if (!rated) {
      throw new MessageNotFound();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
