package io.witan.engine.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out the pieces of one loop at a time. The caller works too.
 *
 * <p>Pieces are taken one by one, and whoever waits spins for a short while and then sleeps: on a
 * busy machine a thread that does not get a processor costs only the piece that it holds, and never
 * another thread's time. (Barriers at which all threads spin until the last has arrived collapse
 * there.)
 */
final class Workers implements AutoCloseable {
  /**
   * About 300 µs: longer than what one thread does alone between two loops, shorter than a time
   * slice. Being woken takes long: with a tenth of it two threads generated half as fast.
   */
  private static final int SPINS = 6_000;

  /** One piece of a loop. */
  @FunctionalInterface
  interface Work {
    /**
     * @param piece from 0
     * @param worker who does it, below {@link #count()}: an index of scratch memory
     */
    void run(int piece, int worker);
  }

  private final Worker[] helpers;
  private volatile @Nullable Job current;
  private volatile boolean closed;

  Workers(int count) {
    helpers = new Worker[count - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Worker(i + 1);
      helpers[i].start();
    }
  }

  /** Threads, the caller's included. */
  int count() {
    return helpers.length + 1;
  }

  /** Runs all pieces and returns when the last one is done; passes on what a piece throws. */
  void run(int pieces, Work work) {
    if (helpers.length == 0 || pieces <= 1) {
      for (int piece = 0; piece < pieces; piece++) {
        work.run(piece, 0);
      }
      return;
    }
    var job = new Job(work, pieces);
    current = job;
    for (int i = 0; i < Math.min(helpers.length, pieces - 1); i++) {
      helpers[i].wake();
    }
    job.help(0);
    job.await();
    current = null;
    if (job.failure != null) {
      throw new IllegalStateException("a worker failed", job.failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (var helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  /** One loop. Latecomers find no piece left and do no harm. */
  private static final class Job {
    private final Work work;
    private final int pieces;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Thread caller = Thread.currentThread();
    private volatile boolean asleep;
    private volatile @Nullable Throwable failure;

    Job(Work work, int pieces) {
      this.work = work;
      this.pieces = pieces;
    }

    void help(int worker) {
      for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
        try {
          work.run(piece, worker);
        } catch (Throwable e) {
          failure = e;
        }
        if (done.incrementAndGet() == pieces && asleep) {
          LockSupport.unpark(caller);
        }
      }
    }

    void await() {
      for (int i = 0; i < SPINS; i++) {
        if (done.get() == pieces) {
          return;
        }
        Thread.onSpinWait();
      }
      asleep = true;
      boolean interrupted = false;
      while (done.get() < pieces) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  private final class Worker extends Thread {
    private final int index;
    private volatile boolean asleep;

    Worker(int index) {
      super("witan-engine-" + index);
      this.index = index;
      setDaemon(true);
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      Job last = null;
      int spins = 0;
      while (!closed) {
        var job = current;
        if (job != null && job != last) {
          last = job;
          job.help(index);
          spins = 0;
        } else if (++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          sleep(last);
          spins = 0;
        }
      }
    }

    private void sleep(@Nullable Job last) {
      asleep = true;
      while (!closed && (current == null || current == last)) {
        LockSupport.park(Workers.this);
        Thread.interrupted();
      }
      asleep = false;
    }
  }
}
