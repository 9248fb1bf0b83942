package io.witan.engine.serving;

import io.witan.engine.GeneratedToken;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener what happens, from a virtual thread of its own, so that whoever makes it
 * happen never waits. Of places in the queue and of progress only the latest are kept, of tokens a
 * bounded number: a listener that is further behind has failed.
 */
final class Delivery {
  private final GenerationListener listener;
  private final int capacity;
  private final CompletableFuture<GenerationResult> future = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<GeneratedToken> tokens = new ArrayDeque<>();
  private @Nullable Thread thread;
  private int position;
  private int toldPosition;
  private int read = -1;
  private int toldRead = -1;
  private int ofTokens;
  private boolean isStuck;
  private boolean hasThrown;
  private boolean hasToldEnd;
  private @Nullable GenerationResult result;

  Delivery(GenerationListener listener, int capacity) {
    this.listener = listener;
    this.capacity = capacity;
  }

  /**
   * Begins to tell what has happened and will.
   *
   * @param onFailure is told why if the listener throws
   */
  void start(Consumer<Throwable> onFailure) {
    lock.lock();
    try {
      thread = Thread.ofVirtual().name("generation-listener").start(() -> deliver(onFailure));
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<GenerationResult> result() {
    return future;
  }

  void queued(int place) {
    lock.lock();
    try {
      position = place;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void read(int done, int all) {
    lock.lock();
    try {
      read = done;
      ofTokens = all;
      position = toldPosition;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the listener keeps up. */
  boolean token(GeneratedToken token) {
    lock.lock();
    try {
      if (hasThrown || tokens.size() >= capacity) {
        isStuck = !hasThrown;
        return false;
      }
      tokens.add(token);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void end(GenerationResult how) {
    lock.lock();
    try {
      result = how;
      changed.signal();
      if (isStuck) {
        tokens.clear();
        if (thread != null) {
          thread.interrupt();
        }
        // the listener may never come back; nor may what waits for the result run on our thread
        Thread.startVirtualThread(() -> future.complete(how));
      }
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Consumer<Throwable> onFailure) {
    var work = next();
    while (work != null) {
      try {
        work.run();
      } catch (Throwable failure) {
        refuseMore();
        Thread.interrupted(); // perhaps how it was woken: the end is told in peace
        onFailure.accept(failure);
      }
      work = next();
    }
  }

  private void refuseMore() {
    lock.lock();
    try {
      hasThrown = true;
      tokens.clear();
    } finally {
      lock.unlock();
    }
  }

  /** What to tell next; null when everything was told. */
  private @Nullable Runnable next() {
    lock.lock();
    try {
      while (true) {
        if (hasThrown) {
          position = toldPosition;
          read = toldRead;
        }
        if (position != toldPosition) {
          int place = position;
          toldPosition = place;
          return () -> listener.queued(place);
        }
        if (read != toldRead) {
          int done = read;
          int all = ofTokens;
          toldRead = done;
          return () -> listener.read(done, all);
        }
        var token = tokens.poll();
        if (token != null) {
          return () -> listener.token(token);
        }
        if (hasToldEnd) {
          return null;
        }
        var how = result;
        if (how != null) {
          hasToldEnd = true;
          return () -> finish(how);
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(GenerationResult how) {
    try {
      listener.ended(how);
    } finally {
      future.complete(how);
    }
  }
}
