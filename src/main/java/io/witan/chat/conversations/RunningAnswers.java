package io.witan.chat.conversations;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/** The answers that this process is writing: at most so many, and one per conversation. */
@Component
public class RunningAnswers {
  /** Between the answer's end, which people see, and that of its request. */
  private static final int WAITS = 30;

  private static final long WAIT_NANOS = 10_000_000;

  private final Map<ConversationId, Run> runs = new ConcurrentHashMap<>();
  private final Semaphore free;

  RunningAnswers(ChatSettings settings) {
    this.free = new Semaphore(settings.concurrentAnswers());
  }

  /** Leave to write one answer; must be closed. */
  public static final class Run implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Run(Runnable end) {
      this.end = end;
    }

    void stop() {
      stopped.set(true);
    }

    public boolean isStopped() {
      return stopped.get();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        end.run();
      }
    }
  }

  /** Leave to write an answer outside of any conversation. */
  public Run open() {
    if (!free.tryAcquire()) {
      throw new TooManyAnswers();
    }
    return new Run(free::release);
  }

  /**
   * Leave to write an answer in a conversation.
   *
   * @throws AnswerRunning if there is one being written
   */
  Run open(ConversationId conversation) {
    if (!free.tryAcquire()) {
      throw new TooManyAnswers();
    }
    var run =
        new Run(
            () -> {
              runs.remove(conversation);
              free.release();
            });
    if (!put(conversation, run)) {
      free.release();
      throw new AnswerRunning();
    }
    return run;
  }

  /** Waits a moment for one that has been answered and is only being closed. */
  private boolean put(ConversationId conversation, Run run) {
    for (int i = 0; runs.putIfAbsent(conversation, run) != null; i++) {
      if (i == WAITS) {
        return false;
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
    return true;
  }

  /** Ends the conversation's answer, if one is being written here, before its next block. */
  void stop(ConversationId conversation) {
    var run = runs.get(conversation);
    if (run != null) {
      run.stop();
    }
  }

  void stopAll() {
    runs.values().forEach(Run::stop);
  }
}
