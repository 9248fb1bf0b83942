package io.witan.chat.conversations;

import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the answers that a crash left unfinished: at the start, before the first request comes in,
 * and later those of other processes on the same database. One that only lost its connection for a
 * moment goes on: later it takes two looks to be taken for gone.
 */
@Component
class AbandonedAnswers implements SmartInitializingSingleton, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AbandonedAnswers.class);
  private static final int LOOK_SECONDS = 10;

  private final MessageRepository messages;
  private final AnsweringProcess process;
  private final ScopedTransactions transactions;
  private volatile @Nullable CountDownLatch stopped;

  AbandonedAnswers(
      MessageRepository messages, AnsweringProcess process, ScopedTransactions transactions) {
    this.messages = messages;
    this.process = process;
    this.transactions = transactions;
  }

  @Override
  public void afterSingletonsInstantiated() {
    process.number();
    stop(gone());
  }

  /** Numbers of processes that have gone and left answers; 0 for one from before there were any. */
  Set<Integer> gone() {
    return transactions.read(AccessScope.worker("find abandoned answers"), messages::gone);
  }

  /** Ends what these left. */
  void stop(Set<Integer> gone) {
    if (gone.isEmpty()) {
      return;
    }
    int answers =
        transactions.write(
            AccessScope.worker("stop abandoned answers"), () -> messages.stopAbandoned(gone));
    if (answers > 0) {
      log.info("abandoned answers stopped count={}", answers);
    }
  }

  @Override
  public synchronized void start() {
    if (stopped == null) {
      var until = new CountDownLatch(1);
      stopped = until;
      Thread.ofVirtual().name("abandoned-answers").start(() -> lookAlways(until));
    }
  }

  private void lookAlways(CountDownLatch until) {
    var before = Set.<Integer>of();
    try {
      while (!until.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        before = look(before);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<Integer> look(Set<Integer> before) {
    try {
      var now = gone();
      var twice = new HashSet<>(now);
      twice.retainAll(before);
      stop(twice);
      return now;
    } catch (RuntimeException e) {
      log.warn("abandoned answers could not be looked for cause={}", e.getClass().getSimpleName());
      return Set.of();
    }
  }

  @Override
  public synchronized void stop() {
    var until = stopped;
    stopped = null;
    if (until != null) {
      until.countDown();
    }
  }

  @Override
  public boolean isRunning() {
    return stopped != null;
  }
}
