package io.witan.chat.openai;

import io.witan.chat.Answer;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerListener;
import io.witan.chat.AnswerMode;
import io.witan.chat.Answers;
import io.witan.chat.Question;
import io.witan.chat.conversations.RunningAnswers;
import io.witan.identity.AccessScope;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ChatMessage.Role;
import io.witan.models.generation.Prompt;
import io.witan.shared.Failure;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Answers {@code chat/completions} from what the key's person may read, with citations. */
@Service
class KnowledgeChats {
  private static final Logger log = LoggerFactory.getLogger(KnowledgeChats.class);

  private final Answers answers;
  private final RunningAnswers running;
  private final Clock clock;

  KnowledgeChats(Answers answers, RunningAnswers running, Clock clock) {
    this.answers = answers;
    this.running = running;
    this.clock = clock;
  }

  void answer(AccessScope scope, ChatParameters wanted, Knowledge knowledge, Reply reply)
      throws IOException {
    refuseWhatQuotesCannotHave(wanted);
    var question = question(wanted.messages(), knowledge);
    var heading =
        Heading.of("chatcmpl-", clock.instant(), ChatParameters.WITAN, ChatParameters.WITAN);
    try (var run = running.open()) {
      if (wanted.stream().wanted()) {
        stream(scope, question, wanted, heading, run, reply);
      } else {
        var answer = answers.ask(scope, question, new Stoppable(run, reply));
        reply.whole(completion(heading, question, answer));
      }
    }
  }

  private static void refuseWhatQuotesCannotHave(ChatParameters wanted) {
    if (wanted.format() != null) {
      throw new InvalidInput(
          "response_format", "must be of type text where the answer comes from documents");
    }
    if (new Prompt.Conversation(wanted.messages(), wanted.tools()).usesTools()) {
      throw new InvalidInput("tools", "cannot be called where the answer comes from documents");
    }
    if (wanted.logProbabilities() >= 0) {
      throw new InvalidInput("logprobs", "must be false where the answer comes from documents");
    }
  }

  /** The last message is the question, and the ones before it say what it leans on. */
  private static Question question(List<ChatMessage> messages, Knowledge knowledge) {
    if (messages.getLast().role() != Role.USER) {
      throw new InvalidInput("messages", "must end with the user's question");
    }
    var asked =
        new ArrayList<>(
            messages.stream()
                .filter(message -> message.role() == Role.USER)
                .map(ChatMessage::content)
                .toList());
    var text = Question.checked("messages", asked.removeLast());
    return new Question(text, asked, knowledge.assistant(), knowledge.collections());
  }

  private static ChatCompletion completion(Heading heading, Question question, Answer answer) {
    var text = new StringBuilder();
    for (var block : answer.blocks()) {
      text.append(text.isEmpty() ? "" : "\n\n").append(CitedText.of(block));
    }
    if (answer.mode() == AnswerMode.ABSTAINED) {
      text.append(CitedText.abstained(question.text()));
    }
    var message = ChatCompletion.Message.text(text.toString(), Evidence.of(answer));
    var choice = new ChatCompletion.Choice(0, message, null, finishReason(answer));
    return new ChatCompletion(heading, choice, Usage.of(answer));
  }

  private static String finishReason(Answer answer) {
    var end = answer.writingEnd();
    return end != null && end.cutOff() ? "length" : "stop";
  }

  private void stream(
      AccessScope scope,
      Question question,
      ChatParameters wanted,
      Heading heading,
      RunningAnswers.Run run,
      Reply reply)
      throws IOException {
    var blocks = new Blocks(heading, run, reply);
    try {
      var answer = answers.ask(scope, question, blocks);
      blocks.begin();
      if (answer.mode() == AnswerMode.ABSTAINED) {
        reply.part(ChatChunk.text(heading, CitedText.abstained(question.text()), null));
      }
      reply.part(ChatChunk.last(heading, finishReason(answer), Evidence.of(answer)));
      if (wanted.stream().usage()) {
        reply.part(ChatChunk.usage(heading, Usage.of(answer)));
      }
      reply.endStream();
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    } catch (RuntimeException failed) {
      if (!blocks.begun) {
        throw failed;
      }
      reply.failure(blocks.message(failed), "answer_failed");
    }
  }

  /** Ends when the process is stopping, or nobody waits any more. */
  private static class Stoppable implements AnswerListener {
    private final RunningAnswers.Run run;
    private final Reply client;

    private Stoppable(RunningAnswers.Run run, Reply client) {
      this.run = run;
      this.client = client;
    }

    @Override
    public void on(AnswerEvent event) {}

    @Override
    public boolean isStopped() {
      return run.isStopped() || client.isGone();
    }
  }

  /** Sends a model's text as it comes and quotes as they are found; citations are checked. */
  private static final class Blocks extends Stoppable {
    private final Heading heading;
    private final Reply reply;
    private boolean begun;
    private int place = -1;

    private Blocks(Heading heading, RunningAnswers.Run run, Reply reply) {
      super(run, reply);
      this.heading = heading;
      this.reply = reply;
    }

    @Override
    public void on(AnswerEvent event) {
      try {
        switch (event) {
          case AnswerEvent.TextWritten more -> send(more.place(), more.delta());
          case AnswerEvent.BlockWritten written -> send(written.place(), rest(written.block()));
          case AnswerEvent.Progress waiting -> stillThere();
          case AnswerEvent.PassagesFound waiting -> stillThere();
          case AnswerEvent.LeavingSettled waiting -> stillThere();
          case AnswerEvent.WritingBegun waiting -> stillThere();
        }
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    private void stillThere() throws IOException {
      if (begun) {
        reply.stillThere();
      }
    }

    /** What was not sent of a block when it is complete: a model's text was sent as it came. */
    private static String rest(AnswerBlock block) {
      var text = CitedText.of(block);
      return block.kind() == AnswerBlock.Kind.TEXT ? text.substring(block.text().length()) : text;
    }

    private void send(int block, String text) throws IOException {
      if (text.isEmpty()) {
        return;
      }
      begin();
      var between = block == place || block == 0 ? "" : "\n\n";
      place = block;
      reply.part(ChatChunk.text(heading, between + text, null));
    }

    private void begin() throws IOException {
      if (!begun) {
        begun = true;
        reply.beginStream();
        reply.part(ChatChunk.first(heading));
      }
    }

    private String message(RuntimeException failed) {
      if (failed instanceof Failure failure) {
        return failure.detail();
      }
      log.error("answer failed exception={}", failed.getClass().getName());
      log.debug("answer failed", failed);
      return "The answer could not be completed; ask again.";
    }
  }
}
