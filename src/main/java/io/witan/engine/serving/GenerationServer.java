package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelAdapter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests with one model. One thread runs its steps; requests join the next one when
 * they are admitted and leave as soon as they end. What a request gets does not depend on the
 * others: it is what {@link io.witan.engine.Session#generate} gives alone. Safe for use by several
 * threads; close it before its model.
 */
public final class GenerationServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final ThreadFactory MASKS =
      Thread.ofPlatform().name("generation-masks").daemon().factory();

  private final LanguageModel model;
  private final ServingOptions options;
  private final LongClock clock;
  private final PageNeed need;
  private final Thread thread;
  private final ExecutorService masks; // what grammars allow, for steps do not wait for that

  /** Guards everything below; never held while a step computes. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition work = lock.newCondition();
  private final Scheduler scheduler;
  private boolean isClosing;
  private long closeAt;

  /** Starts serving; other sessions of the model take pages that the server may need. */
  public GenerationServer(LanguageModel model, ServingOptions options) {
    this(model, options, System::nanoTime);
  }

  GenerationServer(LanguageModel model, ServingOptions options, LongClock clock) {
    this(model, options, clock, Executors.newSingleThreadExecutor(MASKS));
  }

  GenerationServer(
      LanguageModel model, ServingOptions options, LongClock clock, ExecutorService masks) {
    this.model = model;
    this.masks = masks;
    this.options = options;
    this.clock = clock;
    this.need = PageNeed.of(model, options);
    this.scheduler = new Scheduler(model, options, clock, need.pages());
    this.thread = Thread.ofPlatform().name("generation-server").daemon().unstarted(this::serve);
    thread.start();
  }

  /**
   * Takes a request.
   *
   * @throws EngineException.LimitExceeded if it could never be served
   * @throws EngineException.Overloaded if too many wait, of all owners or of this one
   * @throws EngineException.Closed if the server is being closed, or the request's adapter is
   */
  public GenerationHandle submit(GenerationRequest request, GenerationListener listener) {
    var adapter = request.adapter();
    if (adapter == null) {
      return take(request, listener);
    }
    adapter.hold();
    try {
      return take(request, listener);
    } catch (RuntimeException | Error refused) {
      adapter.release();
      throw refused;
    }
  }

  private GenerationHandle take(GenerationRequest request, GenerationListener listener) {
    var served =
        new ServedRequest(
            request, listener, options.listenerTokens(), need.worst(request), clock.nanos());
    lock.lock();
    try {
      if (isClosing) {
        throw new EngineException.Closed("the server is being closed");
      }
      scheduler.add(served);
      work.signal();
    } finally {
      lock.unlock();
    }
    served.delivery.start(failure -> end(served, EndReason.LISTENER, failure));
    return new GenerationHandle(
        served.delivery.result(), () -> end(served, EndReason.CANCELLED, null));
  }

  /**
   * Drops what was kept under a key, public or private: a permission has changed, or a document is
   * gone. When this returns nobody can reuse it any more, and what requests under that key are
   * still computing will not be kept.
   */
  public void forget(String scopeKey) {
    lock.lock();
    try {
      scheduler.forget(scopeKey);
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was kept of an adapter, which is being closed. */
  public void forget(ModelAdapter adapter) {
    lock.lock();
    try {
      scheduler.forget(adapter);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether it takes requests, or finishes them: not after an error of the machine, such as no
   * memory.
   */
  public boolean isAlive() {
    return thread.isAlive();
  }

  public ServingStatistics statistics() {
    lock.lock();
    try {
      return scheduler.statistics();
    } finally {
      lock.unlock();
    }
  }

  /** Closes with half a minute for the running requests. */
  @Override
  public void close() {
    close(GRACE);
  }

  /**
   * Takes no more requests, ends the waiting ones, and waits until the running ones have ended:
   * those that take longer than {@code grace} are ended.
   */
  public void close(Duration grace) {
    lock.lock();
    try {
      long until = clock.nanos() + grace.toNanos();
      closeAt = isClosing ? Math.min(closeAt, until) : until;
      isClosing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(ServedRequest request, EndReason reason, @Nullable Throwable cause) {
    lock.lock();
    try {
      scheduler.end(request, reason, cause);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  // ------------------------------------------------------------------ the stepping thread

  private void serve() {
    try {
      var plan = awaitPlan();
      while (plan != null) {
        run(plan);
        plan = awaitPlan();
      }
    } catch (Throwable fatal) {
      stop(fatal);
    } finally {
      masks.shutdown();
    }
  }

  private void stop(Throwable fatal) {
    lock.lock();
    try {
      isClosing = true;
      scheduler.endAll(EndReason.FAILED, fatal);
      scheduler.forgetAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to compute; null when there will be nothing any more. */
  private @Nullable StepPlan awaitPlan() {
    lock.lock();
    try {
      while (true) {
        boolean late = isClosing && clock.nanos() - closeAt >= 0;
        scheduler.sweep(isClosing ? EndReason.CLOSED : null, late ? EndReason.CLOSED : null);
        scheduler.admit();
        var ready = scheduler.ready();
        if (!ready.isEmpty()) {
          lock.unlock();
          try {
            sample(ready);
          } finally {
            lock.lock();
          }
        } else if (scheduler.isRunning()) {
          var plan = scheduler.plan();
          if (!plan.parts().isEmpty()) {
            return plan;
          }
          if (scheduler.isRunning() && scheduler.allSitOut()) {
            work.awaitUninterruptibly();
          }
        } else if (isClosing) {
          scheduler.forgetAll();
          return null;
        } else {
          work.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void run(StepPlan plan) {
    long start = clock.nanos();
    try {
      model.step(List.copyOf(plan.parts().values()));
    } catch (RuntimeException failure) {
      plan.parts().keySet().forEach(request -> end(request, EndReason.FAILED, failure));
      return;
    }
    sample(plan.parts().keySet().stream().filter(request -> !request.isReading()).toList());
    lock.lock();
    try {
      scheduler.hasRun(plan, clock.nanos() - start);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Chooses tokens for those who can; the others sit out until what their grammars allow is known.
   */
  private void sample(List<ServedRequest> requests) {
    var ends = new HashMap<ServedRequest, EndReason>();
    for (var request : requests) {
      try {
        var reason = request.sample(clock, masks, this::wake);
        if (reason != null) {
          ends.put(request, reason);
        }
      } catch (RuntimeException failure) {
        end(request, EndReason.FAILED, failure);
      }
    }
    lock.lock();
    try {
      requests.stream().filter(it -> !it.sitsOut()).forEach(scheduler::hasSampled);
      ends.forEach((request, reason) -> scheduler.finish(request, reason, null));
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      work.signal();
    } finally {
      lock.unlock();
    }
  }
}
