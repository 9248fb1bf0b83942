package io.witan.chat.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerRead;
import io.witan.chat.Citation;
import io.witan.chat.conversations.Message.MessageProblem;
import io.witan.shared.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends an answer as server-sent events while it is made. */
final class AnswerStream implements AnswerClient {
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final SseEmitter emitter;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean gone;

  /** {@code event: question}. */
  record QuestionSent(Message message) {}

  /** {@code event: text}: more of a block, Markdown. */
  record TextSent(int block, AnswerBlock.Kind kind, String delta) {}

  /**
   * {@code event: writer}: a model takes the question.
   *
   * @param local whether it runs here: else text leaves the machine
   */
  record WriterSent(String writer, boolean local, AnswerRead read) {}

  /** {@code event: citation}: checked evidence of a block. */
  record CitationSent(int block, Citation citation) {}

  /** {@code event: done}: the answer as it is stored. */
  record AnswerSent(Message message) {}

  /** {@code event: error}: the answer that is stored has what there was before it. */
  record ProblemSent(StreamProblem problem) {}

  /**
   * Why no answer comes.
   *
   * @param retryAfterSeconds when it is worth asking again; absent where nobody knows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StreamProblem(String code, String title, String detail, @Nullable Long retryAfterSeconds) {

    static StreamProblem of(MessageProblem problem) {
      return new StreamProblem(problem.code(), problem.title(), problem.detail(), null);
    }

    static StreamProblem of(RuntimeException cause) {
      var problem = AnswerProblems.of(cause);
      var wait = cause instanceof Failure it ? it.members().get("retryAfterSeconds") : null;
      return new StreamProblem(
          problem.code(), problem.title(), problem.detail(), wait instanceof Long it ? it : null);
    }
  }

  AnswerStream() {
    this(new SseEmitter(LONGEST.toMillis()));
  }

  AnswerStream(SseEmitter emitter) {
    this.emitter = emitter;
    emitter.onError(error -> leave());
    emitter.onTimeout(this::leave);
    emitter.onCompletion(this::leave);
  }

  SseEmitter emitter() {
    return emitter;
  }

  @Override
  public void question(Message question) {
    send("question", new QuestionSent(question));
  }

  @Override
  public void on(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Progress progress -> send("progress", progress);
      case AnswerEvent.PassagesFound found -> send("passages", found);
      case AnswerEvent.LeavingSettled leaving -> send("remote", leaving.remote());
      case AnswerEvent.WritingBegun begun -> {
        var writing = begun.writing();
        send(
            "writer",
            new WriterSent(writing.model().name(), writing.model().local(), writing.read()));
      }
      case AnswerEvent.TextWritten written -> {
        int place = written.place();
        written
            .citations()
            .forEach(citation -> send("citation", new CitationSent(place, citation)));
        send("text", new TextSent(place, AnswerBlock.Kind.TEXT, written.delta()));
      }
      case AnswerEvent.BlockWritten written -> {
        if (written.block().kind() == AnswerBlock.Kind.TEXT) {
          return; // was sent as it came
        }
        int place = written.place();
        send("text", new TextSent(place, written.block().kind(), written.block().text()));
        written
            .citations()
            .forEach(citation -> send("citation", new CitationSent(place, citation)));
      }
    }
  }

  void done(Message answer) {
    send("done", new AnswerSent(answer));
    end();
  }

  void failed(StreamProblem problem) {
    send("error", new ProblemSent(problem));
    end();
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  /** Sends comments until the answer ends, so that proxies keep the line and a lost one shows. */
  void beat(Duration every) throws InterruptedException {
    while (!gone && !ended.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
      send(SseEmitter.event().comment("waiting"));
    }
  }

  private void send(String name, Object data) {
    send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
  }

  private void send(SseEmitter.SseEventBuilder event) {
    if (gone) {
      return;
    }
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException lost) {
      leave();
    }
  }

  private void end() {
    ended.countDown();
    if (!gone) {
      emitter.complete();
    }
  }

  private void leave() {
    gone = true;
    ended.countDown();
  }
}
