package io.witan.chat.conversations;

import io.witan.assistants.AssistantSettings;
import io.witan.catalogue.TextVersionId;
import io.witan.chat.Answer;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerListener;
import io.witan.chat.Answers;
import io.witan.chat.Citation;
import io.witan.chat.Question;
import io.witan.chat.conversations.Conversations.Begun;
import io.witan.chat.conversations.Message.MessageProblem;
import io.witan.chat.conversations.RunningAnswers.Run;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.Sources;
import io.witan.shared.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;
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
  private final Sources sources;
  private final ScopedTransactions transactions;
  private final Clock clock;

  AnswerWriting(
      Answers answers,
      Conversations conversations,
      MessageRepository messages,
      Sources sources,
      ScopedTransactions transactions,
      Clock clock) {
    this.answers = answers;
    this.conversations = conversations;
    this.messages = messages;
    this.sources = sources;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Answers the question that was begun and stores each block as it comes.
   *
   * @return the answer as it was stored, stopped and failed ones included
   * @throws MessageNotFound if the conversation was deleted meanwhile
   */
  Message write(AccessScope scope, Begun begun, Run run, AnswerClient client) {
    try {
      client.question(begun.question());
      var answer = answers.ask(scope, begun.toAsk(), new Recorder(scope, begun, run, client));
      var state = answer.stopped() ? MessageState.STOPPED : MessageState.COMPLETE;
      transactions.run(
          scope, () -> messages.finish(scope.requirePerson(), begun.answer(), state, answer));
      eraseIfDeleted(answer);
    } catch (Failure failure) {
      fail(scope, begun, new MessageProblem(failure.code(), failure.title(), failure.detail()));
    } catch (RuntimeException unexpected) {
      // an exception's message may quote what people asked or what documents say
      log.error(
          "answer failed messageId={} exception={}",
          begun.answer(),
          unexpected.getClass().getName());
      log.debug("answer failed messageId={}", begun.answer(), unexpected);
      fail(scope, begun, AnswerProblems.UNEXPECTED);
    }
    return conversations.message(scope, begun.conversation(), begun.answer());
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

  /**
   * A document that was deleted while it was quoted was erased before these quotes were stored, so
   * they are erased now.
   */
  private void eraseIfDeleted(Answer answer) {
    var versions =
        answer.citations().stream()
            .map(citation -> new TextVersionId(citation.textVersionId()))
            .collect(Collectors.toSet());
    var left = sources.readable(WORKER, versions).keySet();
    var gone =
        answer.citations().stream()
            .filter(citation -> !left.contains(new TextVersionId(citation.textVersionId())))
            .map(Citation::documentId)
            .collect(Collectors.toSet());
    if (!gone.isEmpty()) {
      transactions.run(WORKER, () -> gone.forEach(messages::eraseDocument));
    }
  }

  /** Stores what happens and tells the client. */
  private final class Recorder implements AnswerListener {
    private final AccessScope scope;
    private final Begun begun;
    private final Run run;
    private final AnswerClient client;

    private Recorder(AccessScope scope, Begun begun, Run run, AnswerClient client) {
      this.scope = scope;
      this.begun = begun;
      this.run = run;
      this.client = client;
    }

    @Override
    public void on(AnswerEvent event) {
      if (event instanceof AnswerEvent.BlockWritten block) {
        boolean stored =
            transactions.write(
                scope, () -> messages.addBlock(scope.requirePerson(), begun.answer(), block));
        if (!stored) {
          run.stop();
          return;
        }
      }
      client.on(event);
    }

    @Override
    public boolean isStopped() {
      return run.isStopped() || client.isGone();
    }
  }
}
