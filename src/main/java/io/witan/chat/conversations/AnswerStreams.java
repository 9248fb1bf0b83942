package io.witan.chat.conversations;

import io.witan.chat.conversations.AnswerStream.StreamProblem;
import io.witan.chat.conversations.RunningAnswers.Run;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Writes answers on threads of their own while the request streams them. */
@Component
class AnswerStreams implements SmartLifecycle {
  private final RunningAnswers running;
  private final ChatSettings settings;
  private @Nullable ExecutorService threads;

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
    var pool = threads();
    if (pool == null) {
      run.close();
      throw new IllegalStateException("the server is stopping");
    }
    pool.execute(
        () -> {
          try {
            stream.beat(settings.heartbeat());
          } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
          }
        });
    pool.execute(
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
        stream.failed(StreamProblem.of(answer.problem()));
      } else {
        stream.done(answer);
      }
    } catch (RuntimeException failed) {
      stream.failed(StreamProblem.of(failed));
    }
  }

  private synchronized @Nullable ExecutorService threads() {
    return threads;
  }

  @Override
  public synchronized void start() {
    if (threads == null) {
      var named = Thread.ofVirtual().name("answer-", 0).factory();
      threads = Executors.newThreadPerTaskExecutor(named);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return threads != null;
  }

  private synchronized @Nullable ExecutorService taken() {
    var pool = threads;
    threads = null;
    return pool;
  }

  /** Lets answers end with what they have, before the server waits for its requests to end. */
  @Override
  public void stop() {
    var pool = taken();
    if (pool == null) {
      return;
    }
    running.stopAll();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException hurried) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
