package io.witan.models.residency;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks again and again on a thread of its own, and at once when somebody hurries it. */
final class Following {
  private final String name;
  private final Supplier<Duration> pause;
  private final Runnable look;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread thread;
  private boolean isHurried;
  private boolean isStopping;

  /**
   * @param pause asked before each look how long to wait for it
   * @param look must not throw
   */
  Following(String name, Supplier<Duration> pause, Runnable look) {
    this.name = name;
    this.pause = pause;
    this.look = look;
  }

  /** Begins, unless it has begun or was stopped. */
  void start() {
    lock.lock();
    try {
      if (thread == null && !isStopping) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::always);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks now. */
  void hurry() {
    lock.lock();
    try {
      isHurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks no more; waits so long for what it is doing. */
  void stop(Duration grace) throws InterruptedException {
    Thread started;
    lock.lock();
    try {
      isStopping = true;
      changed.signalAll();
      started = thread;
    } finally {
      lock.unlock();
    }
    if (started != null) {
      started.interrupt(); // perhaps it waits for a database that has gone
      started.join(grace);
    }
  }

  private void always() {
    while (waited()) {
      look.run();
    }
  }

  private boolean waited() {
    lock.lock();
    try {
      long left = pause.get().toNanos();
      while (!isHurried && !isStopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      isHurried = false;
      return !isStopping;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
