package io.witan.chat.conversations;

import io.witan.assistants.AssistantSettings;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerListener;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Answers;
import io.witan.chat.Citation;
import io.witan.chat.Question;
import io.witan.chat.Writing;
import io.witan.chat.conversations.Message.MessageProblem;
import io.witan.chat.conversations.QuestionStore.Begun;
import io.witan.chat.conversations.RunningAnswers.Run;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.retrieval.Sources;
import io.witan.shared.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Writes answers into conversations, block by block, so that no part is lost when it ends early.
 */
@Service
class AnswerWriting {
  private static final Logger log = LoggerFactory.getLogger(AnswerWriting.class);
  private static final AccessScope WORKER = AccessScope.worker("erase quotes of deleted documents");

  private final Answers answers;
  private final Conversations conversations;
  private final MessageRepository messages;
  private final WritingRepository writings;
  private final Sources sources;
  private final ScopedTransactions transactions;
  private final Clock clock;

  AnswerWriting(
      Answers answers,
      Conversations conversations,
      MessageRepository messages,
      WritingRepository writings,
      Sources sources,
      ScopedTransactions transactions,
      Clock clock) {
    this.answers = answers;
    this.conversations = conversations;
    this.messages = messages;
    this.writings = writings;
    this.sources = sources;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Answers the question that was begun and stores each block as it comes.
   *
   * @return the answer as it was stored, stopped and failed ones included
   * @throws MessageNotFound if the conversation was deleted meanwhile
   * @throws GeneratorOverloaded if too many wait; the stored answer says so too
   */
  Message write(AccessScope scope, Begun begun, Run run, AnswerClient client) {
    var recorder = new Recorder(storage(scope, begun.answer()), run, client);
    try {
      client.question(begun.question());
      var answer = answers.ask(scope, begun.toAsk(), recorder);
      var state = answer.stopped() ? MessageState.STOPPED : MessageState.COMPLETE;
      transactions.run(
          scope,
          () -> {
            messages.finish(scope.requirePerson(), begun.answer(), state, answer);
            if (answer.writingEnd() != null) {
              writings.end(begun.answer(), answer.writingEnd());
            }
          });
    } catch (Failure failure) {
      fail(scope, begun, new MessageProblem(failure.code(), failure.title(), failure.detail()));
      if (failure instanceof GeneratorOverloaded) { // says when to come back
        throw failure;
      }
    } catch (RuntimeException unexpected) {
      // an exception's message may quote what people asked or what documents say
      log.error(
          "answer failed messageId={} exception={}",
          begun.answer(),
          unexpected.getClass().getName());
      log.debug("answer failed messageId={}", begun.answer(), unexpected);
      fail(scope, begun, AnswerProblems.UNEXPECTED);
    } finally {
      eraseDeleted(recorder.used());
    }
    return conversations.message(scope, begun.conversation(), begun.answer());
  }

  /** Ends an answer that another process on the same database is writing. */
  void stopElsewhere(AccessScope scope, ConversationId conversation) {
    transactions.run(scope, () -> messages.stopElsewhere(conversation));
  }

  /** Answers without storing anything. */
  Message answer(
      AccessScope scope,
      Question question,
      AssistantSettings assistant,
      Run run,
      AnswerClient client) {
    var answer =
        answers.ask(
            scope,
            question,
            assistant,
            new AnswerListener() {
              @Override
              public void on(AnswerEvent event) {
                client.on(event);
              }

              @Override
              public boolean isStopped() {
                return run.isStopped() || client.isGone();
              }
            });
    return Message.of(
        new MessageId(UUID.randomUUID()), clock.instant().truncatedTo(ChronoUnit.MICROS), answer);
  }

  private void fail(AccessScope scope, Begun begun, MessageProblem problem) {
    transactions.run(scope, () -> messages.fail(begun.answer(), problem));
  }

  private Recorder.Storage storage(AccessScope scope, MessageId id) {
    var owner = scope.requirePerson();
    return new Recorder.Storage() {
      @Override
      public boolean leaving(AnswerRemote remote) {
        return transactions.write(scope, () -> writings.leaving(owner, id, remote));
      }

      @Override
      public boolean begin(Writing writing) {
        return transactions.write(scope, () -> writings.begin(owner, id, writing));
      }

      @Override
      public boolean block(int place, AnswerBlock.Kind kind, String text, List<Citation> fresh) {
        return transactions.write(
            scope, () -> messages.putBlock(owner, id, place, kind, text, fresh));
      }
    };
  }

  /**
   * A document that was deleted while an answer was made from it was erased before that was stored,
   * so it is erased now.
   */
  private void eraseDeleted(Map<TextVersionId, DocumentId> used) {
    var left = sources.readable(WORKER, used.keySet()).keySet();
    var gone = new HashMap<>(used);
    gone.keySet().removeAll(left);
    if (!gone.isEmpty()) {
      transactions.run(
          WORKER,
          () ->
              gone.values().stream().distinct().forEach(it -> messages.eraseDocument(it.value())));
    }
  }
}
