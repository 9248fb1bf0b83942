package io.witan.chat.conversations;

import io.witan.assistants.AssistantId;
import io.witan.assistants.Assistants;
import io.witan.catalogue.CollectionId;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.Question;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.time.Clock;
import java.time.Instant;
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

/** Keeps what is asked, before it is answered. */
@Service
class QuestionStore {
  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final MessagePlaces places;
  private final MessageReader reader;
  private final Redaction redaction;
  private final Assistants assistants;
  private final ScopedTransactions transactions;
  private final Clock clock;

  QuestionStore(
      ConversationRepository conversations,
      MessageRepository messages,
      MessagePlaces places,
      MessageReader reader,
      Redaction redaction,
      Assistants assistants,
      ScopedTransactions transactions,
      Clock clock) {
    this.conversations = conversations;
    this.messages = messages;
    this.places = places;
    this.reader = reader;
    this.redaction = redaction;
    this.assistants = assistants;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** An answer that is to be written now. */
  record Begun(ConversationId conversation, Message question, MessageId answer, Question toAsk) {}

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
          if (places.isAnswering(id)) {
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
          int position = places.nextPosition(id);
          messages.insertAnswer(id, scope.requirePerson(), position, answer, now());
          var text = String.valueOf(question.text());
          var title = stored.summary().title();
          conversations.asked(
              id, title.isEmpty() ? title(text) : title, assistant, collections, now());
          var earlier = places.questionsBefore(id, position - 1);
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
    int position = places.nextPosition(id);
    if (request.replaces() != null) {
      var replaced =
          places
              .find(owner, new MessageId(request.replaces()))
              .filter(place -> place.conversation().equals(id))
              .orElseThrow(MessageNotFound::new);
      position = replaced.position();
      if (replaced.role() == Message.Role.ANSWER) {
        boolean again = places.isAnswered(id, position - 1);
        messages.deleteFrom(id, position);
        return new Asked(redaction.visible(scope, reader.of(id)).getLast(), again);
      }
    }
    var text = Question.checked("text", request.text());
    boolean again =
        request.replaces() != null
            && places.questionText(new MessageId(request.replaces())).equals(text)
            && places.isAnswered(id, position);
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
