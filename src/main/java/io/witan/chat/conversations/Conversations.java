package io.witan.chat.conversations;

import io.witan.assistants.AssistantId;
import io.witan.assistants.Assistants;
import io.witan.catalogue.CollectionId;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.Question;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
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
  private final MessageReader reader;
  private final Redaction redaction;
  private final Assistants assistants;
  private final ScopedTransactions transactions;
  private final Clock clock;

  Conversations(
      ConversationRepository conversations,
      ConversationCopies copies,
      MessageRepository messages,
      MessageReader reader,
      Redaction redaction,
      Assistants assistants,
      ScopedTransactions transactions,
      Clock clock) {
    this.conversations = conversations;
    this.copies = copies;
    this.messages = messages;
    this.reader = reader;
    this.redaction = redaction;
    this.assistants = assistants;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** An answer that is to be written now. */
  record Begun(ConversationId conversation, Message question, MessageId answer, Question toAsk) {}

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
              messages
                  .find(owner, answer)
                  .filter(place -> place.conversation().equals(id))
                  .orElseThrow(MessageNotFound::new);
          if (last.role() != Message.Role.ANSWER) {
            throw new InvalidInput("messageId", "must be an answer");
          }
          if (messages.isAnswering(id) && last.position() == messages.nextPosition(id) - 1) {
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

  /**
   * Stores the question and an empty answer that is being written.
   *
   * @throws AnswerRunning if an answer of this conversation is being written already
   */
  Begun begin(AccessScope scope, ConversationId id, AskRequest request) {
    return transactions.write(
        scope,
        () -> {
          var stored =
              conversations.lock(scope.requirePerson(), id).orElseThrow(ConversationNotFound::new);
          if (messages.isAnswering(id)) {
            throw new AnswerRunning();
          }
          var before = stored.collectionIds();
          var assistant = request.assistant(stored.summary().assistantId());
          var collections = request.collections(before == null ? null : new HashSet<>(before));
          var assistantId = assistant == null ? null : new AssistantId(assistant);
          assistants.settings(scope, assistantId);
          var asked = store(scope, id, request);
          var question = asked.question();
          var answer = new MessageId(UUID.randomUUID());
          int position = messages.nextPosition(id);
          messages.insertAnswer(id, scope.requirePerson(), position, answer, now());
          var text = String.valueOf(question.text());
          var title = stored.summary().title();
          conversations.asked(
              id, title.isEmpty() ? title(text) : title, assistant, collections, now());
          var earlier = messages.questionsBefore(id, position - 1);
          return new Begun(
              id,
              question,
              answer,
              new Question(
                  text,
                  earlier,
                  assistantId,
                  ids(collections),
                  earlier.isEmpty() ? List.of() : turns(scope, id, position - 1),
                  asked.again() ? variation() : 0));
        });
  }

  /**
   * A question that is stored.
   *
   * @param again whether it was answered before, so that another answer is wanted
   */
  private record Asked(Message question, boolean again) {}

  /** The question to answer: a new one, or the one that is answered again. */
  private Asked store(AccessScope scope, ConversationId id, AskRequest request) {
    var owner = scope.requirePerson();
    int position = messages.nextPosition(id);
    if (request.replaces() != null) {
      var replaced =
          messages
              .find(owner, new MessageId(request.replaces()))
              .filter(place -> place.conversation().equals(id))
              .orElseThrow(MessageNotFound::new);
      position = replaced.position();
      if (replaced.role() == Message.Role.ANSWER) {
        boolean again = messages.isAnswered(id, position - 1);
        messages.deleteFrom(id, position);
        return new Asked(redaction.visible(scope, reader.of(id)).getLast(), again);
      }
    }
    var text = Question.checked("text", request.text());
    boolean again =
        request.replaces() != null
            && messages.questionText(new MessageId(request.replaces())).equals(text)
            && messages.isAnswered(id, position);
    messages.deleteFrom(id, position);
    var question = new MessageId(UUID.randomUUID());
    var now = now();
    messages.insertQuestion(id, owner, position, question, text, now);
    return new Asked(Message.question(question, now, text), again);
  }

  /** What models answered before, as far as its reader may still see it. */
  private List<Question.Turn> turns(AccessScope scope, ConversationId id, int end) {
    var stored = reader.of(id).subList(0, end);
    var before = redaction.visible(scope, stored);
    var turns = new ArrayList<Question.Turn>();
    for (int i = 1; i < before.size(); i++) {
      var answer = before.get(i);
      var question = before.get(i - 1).text();
      if (answer.mode() == AnswerMode.WRITTEN && question != null) {
        var text =
            answer.blocks().stream()
                .filter(block -> block.kind() == AnswerBlock.Kind.TEXT)
                .map(AnswerBlock::text)
                .collect(Collectors.joining("\n\n"));
        var sources = stored.get(i).sources();
        turns.add(new Question.Turn(question, text, ids(sources)));
      }
    }
    return turns;
  }

  /** Any number but 0, which stands for the answer that the model thinks best. */
  private static long variation() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 53);
  }

  private static @Nullable Set<CollectionId> ids(@Nullable Set<UUID> collections) {
    return collections == null
        ? null
        : collections.stream().map(CollectionId::new).collect(Collectors.toSet());
  }

  /** The start of the question, on one line; nothing of an answer. */
  static String title(String question) {
    var line = question.strip().replaceAll("\\s+", " ");
    int length = 80;
    if (line.length() <= length) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(length - 2)) ? length - 2 : length - 1;
    return line.substring(0, end).strip() + "…";
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
