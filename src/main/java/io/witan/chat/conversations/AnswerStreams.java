package io.witan.chat.conversations;

import io.witan.chat.conversations.RunningAnswers.Run;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Writes answers on threads of their own while the request streams them. */
@Component
class AnswerStreams implements SmartLifecycle {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("answer-", 0).factory());
  private final RunningAnswers running;
  private final ChatSettings settings;

  AnswerStreams(RunningAnswers running, ChatSettings settings) {
    this.running = running;
    this.settings = settings;
  }

  /**
   * Starts an answer.
   *
   * @param run closed when the answer has ended
   * @param writing makes the answer and tells the client of it meanwhile
   */
  SseEmitter start(Run run, Function<AnswerClient, Message> writing) {
    var stream = new AnswerStream();
    threads.execute(
        () -> {
          try {
            stream.beat(settings.heartbeat());
          } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
          }
        });
    threads.execute(
        () -> {
          try (run) {
            finish(stream, writing);
          }
        });
    return stream.emitter();
  }

  private static void finish(AnswerStream stream, Function<AnswerClient, Message> writing) {
    try {
      var answer = writing.apply(stream);
      if (answer.problem() != null) {
        stream.failed(answer.problem());
      } else {
        stream.done(answer);
      }
    } catch (RuntimeException failed) {
      stream.failed(AnswerProblems.of(failed));
    }
  }

  @Override
  public void start() {
    // threads come with the answers
  }

  @Override
  public boolean isRunning() {
    return !threads.isShutdown();
  }

  /** Lets answers end with what they have, before the server waits for its requests to end. */
  @Override
  public void stop() {
    running.stopAll();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException hurried) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
