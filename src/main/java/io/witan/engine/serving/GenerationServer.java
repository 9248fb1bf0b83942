package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.LanguageModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests with one model. One thread runs its steps; requests join the next one as
 * soon as the pages that they take in the worst case are free, so none ever waits half-way. What a
 * request gets does not depend on the others: it is what {@link io.witan.engine.Session#generate}
 * gives alone. Safe for use by several threads; close it before its model.
 */
public final class GenerationServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final LanguageModel model;
  private final ServingOptions options;
  private final LongClock clock;
  private final PagePool pool;
  private final Thread thread;

  /** Guards everything below, and the pool. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition work = lock.newCondition();
  private final FairQueue queue = new FairQueue();
  private final List<ServedRequest> running = new ArrayList<>();
  private final Map<String, Integer> runningOf = new HashMap<>();
  private final Meters meters = new Meters();
  private boolean isClosing;
  private long closeAt;

  /** Starts serving; the model's sessions besides should be few, for they take pages, too. */
  public GenerationServer(LanguageModel model, ServingOptions options) {
    this(model, options, System::nanoTime);
  }

  GenerationServer(LanguageModel model, ServingOptions options, LongClock clock) {
    this.model = model;
    this.options = options;
    this.clock = clock;
    int all = model.cacheTokens() / model.pages().pageTokens();
    this.pool =
        new PagePool(model.pages(), options.pages() > 0 ? Math.min(all, options.pages()) : all);
    this.thread = Thread.ofPlatform().name("generation-server").daemon().unstarted(this::serve);
    thread.start();
  }

  /**
   * Takes a request.
   *
   * @throws EngineException.LimitExceeded if it could never be served
   * @throws EngineException.Overloaded if too many wait, of all owners or of this one
   * @throws EngineException.Closed if the server is being closed
   */
  public GenerationHandle submit(GenerationRequest request, GenerationListener listener) {
    int worst = worstPages(request);
    var holder = new ServedRequest[1];
    var delivery =
        new Delivery(
            listener,
            options.listenerTokens(),
            failure -> end(holder[0], EndReason.LISTENER, failure));
    var served = new ServedRequest(request, delivery, worst, clock.nanos());
    holder[0] = served;
    lock.lock();
    try {
      checkRoom(request.owner());
      meters.submitted++;
      queue.add(served);
      tellPlaces();
      work.signal();
    } finally {
      lock.unlock();
    }
    delivery.start();
    return new GenerationHandle(delivery.result(), () -> end(served, EndReason.CANCELLED, null));
  }

  private int worstPages(GenerationRequest request) {
    int vocabulary = model.description().vocabulary();
    for (int token : request.prompt()) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException("token %d of %d".formatted(token, vocabulary));
      }
    }
    int prompt = request.prompt().length;
    if (prompt > model.contextTokens()) {
      throw new EngineException.LimitExceeded(
          "the context holds %d tokens, and the prompt has %d: shorten it"
              .formatted(model.contextTokens(), prompt));
    }
    // the last token is told, but never appended
    long positions = Math.min(model.contextTokens(), (long) prompt + request.maxTokens() - 1);
    int pages = (int) Math.ceilDiv(positions, pool.pageTokens());
    if (pages > pool.budget()) {
      throw new EngineException.LimitExceeded(
          ("a prompt of %d tokens and %d to generate take %d pages of the key-value cache, which"
                  + " has %d: ask for less, or give the cache more memory")
              .formatted(prompt, request.maxTokens(), pages, pool.budget()));
    }
    return pages;
  }

  private void checkRoom(String owner) {
    if (isClosing) {
      throw new EngineException.Closed("the server is being closed");
    }
    boolean full = queue.size() >= options.queued();
    if (full || queue.sizeOf(owner) >= options.queuedPerOwner()) {
      meters.refused++;
      throw new EngineException.Overloaded(
          full
              ? "%d requests wait already: try again later".formatted(queue.size())
              : "%d requests of the same owner wait already: try again later"
                  .formatted(queue.sizeOf(owner)),
          meters.retryAfter(full ? 1 : queue.owners()));
    }
  }

  /**
   * Drops what was kept under a key, public or private: a permission has changed, or a document is
   * gone. When this returns nobody can reuse it any more, and what requests under that key are
   * still computing will not be kept.
   */
  public void forget(String scopeKey) {
    lock.lock();
    try {
      pool.forget(scopeKey);
      for (var request : queue.inOrder()) {
        keepNothing(request, scopeKey);
      }
      for (var request : running) {
        keepNothing(request, scopeKey);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void keepNothing(ServedRequest request, String scopeKey) {
    if (request.request.scope().concerns(scopeKey)) {
      request.keepNothing();
    }
  }

  public ServingStatistics statistics() {
    lock.lock();
    try {
      return new ServingStatistics(
          queue.size(),
          running.size(),
          (int) running.stream().filter(ServedRequest::isReading).count(),
          meters.counts(),
          pool.statistics(),
          meters.queueTime.snapshot(),
          meters.firstTokenTime.snapshot(),
          meters.promptTokensPerSecond(),
          meters.generatedTokensPerSecond(),
          meters.batchSize());
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

  // ------------------------------------------------------------------ the stepping thread

  private void serve() {
    try {
      var plan = awaitPlan();
      while (plan != null) {
        run(plan);
        plan = awaitPlan();
      }
    } catch (Throwable fatal) {
      endAll(EndReason.FAILED, fatal);
    }
    lock.lock();
    try {
      isClosing = true;
      pool.forgetAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to compute; null when there will be nothing any more. */
  private @Nullable StepPlan awaitPlan() {
    lock.lock();
    try {
      while (true) {
        sweep();
        admit();
        if (!running.isEmpty()) {
          var plan = plan();
          if (!plan.parts().isEmpty()) {
            return plan;
          }
        } else if (isClosing) {
          return null;
        } else {
          work.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends what shall end. */
  private void sweep() {
    long now = clock.nanos();
    boolean late = isClosing && now - closeAt >= 0;
    boolean left = false;
    for (var request : queue.inOrder()) {
      var reason = isClosing ? EndReason.CLOSED : request.endingAt(now);
      if (reason != null) {
        queue.remove(request);
        finish(request, reason, null);
        left = true;
      }
    }
    for (var request : List.copyOf(running)) {
      var reason = request.endingAt(now);
      if (reason != null || late) {
        finish(request, reason == null ? EndReason.CLOSED : reason, null);
      }
    }
    if (left) {
      tellPlaces();
    }
  }

  /** Lets in whose turn it is, as long as the worst case of all fits. */
  private void admit() {
    boolean left = false;
    while (running.size() < options.running()) {
      var request =
          queue.next(owner -> runningOf.getOrDefault(owner, 0) < options.runningPerOwner());
      if (request == null || !fits(request)) {
        break;
      }
      queue.take(request);
      request.admit(model.newSession(pool), pool.root(), clock.nanos());
      request.adopt(pool);
      meters.reused(request.reused());
      running.add(request);
      runningOf.merge(request.owner(), 1, Integer::sum);
      meters.queueTime.add(request.queuedNanos());
      request.delivery.read(request.reused(), request.prompt().length);
      left = true;
    }
    if (left) {
      tellPlaces();
    }
  }

  private boolean fits(ServedRequest request) {
    int promised = 0;
    for (var other : running) {
      promised += other.pagesToCome();
    }
    int needed = request.worstPages;
    var before = pool.root();
    int index = 0;
    var next = request.findNext(pool, before, index);
    while (next != null) {
      // a page that others use costs nothing; an idle one is as good as a free one
      needed -= pool.isIdle(next) ? 0 : 1;
      next = request.findNext(pool, next, ++index);
    }
    return needed + promised <= pool.available();
  }

  private StepPlan plan() {
    boolean generating = running.stream().anyMatch(request -> !request.isReading());
    int rows =
        generating
            ? meters.promptRowsWithin(options.stepTarget(), options.promptRows())
            : options.promptRows();
    var before = running.stream().mapToInt(ServedRequest::reused).sum();
    var plan = StepPlan.of(running, pool, rows);
    plan.refused().forEach((request, full) -> finish(request, EndReason.FAILED, full));
    meters.reused(running.stream().mapToInt(ServedRequest::reused).sum() - before);
    return plan;
  }

  private void run(StepPlan plan) {
    long start = clock.nanos();
    var read = new HashMap<ServedRequest, Integer>();
    plan.parts().forEach((request, part) -> read.put(request, request.session().length()));
    try {
      model.step(List.copyOf(plan.parts().values()));
    } catch (RuntimeException failure) {
      plan.parts().keySet().forEach(request -> end(request, EndReason.FAILED, failure));
      return;
    }
    var ends = new HashMap<ServedRequest, EndReason>();
    for (var request : plan.parts().keySet()) {
      if (!request.isReading()) {
        try {
          var reason = request.sample(clock);
          if (reason != null) {
            ends.put(request, reason);
          }
        } catch (RuntimeException failure) {
          end(request, EndReason.FAILED, failure);
        }
      }
    }
    lock.lock();
    try {
      meters.step(
          plan.promptRows(), plan.generatedRows(), plan.parts().size(), clock.nanos() - start);
      read.forEach(this::hasRead);
      ends.forEach((request, reason) -> finish(request, reason, null));
    } finally {
      lock.unlock();
    }
  }

  private void hasRead(ServedRequest request, int before) {
    int prompt = request.prompt().length;
    if (before < prompt) {
      request.publish(pool, before);
      request.delivery.read(request.session().length(), prompt);
    }
    if (!request.isReading()) {
      meters.generated();
      if (before < prompt && request.hasToken()) {
        meters.firstTokenTime.add(request.firstTokenNanos());
      }
    }
  }

  // ------------------------------------------------------------------ ends

  /** From any thread: ends a waiting request now, a running one before the next step. */
  private void end(ServedRequest request, EndReason reason, @Nullable Throwable cause) {
    lock.lock();
    try {
      if (queue.remove(request)) {
        finish(request, reason, cause);
        tellPlaces();
      } else {
        request.endSoon(reason, cause);
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(ServedRequest request, EndReason reason, @Nullable Throwable cause) {
    long now = clock.nanos();
    int beside = running.size();
    boolean wasRunning = running.remove(request);
    if (request.end(reason, cause, now)) {
      meters.ended(reason, request.nanosSinceAdmission(now), wasRunning ? beside : 0);
    }
    if (wasRunning) {
      runningOf.computeIfPresent(request.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }
  }

  private void endAll(EndReason reason, Throwable cause) {
    lock.lock();
    try {
      isClosing = true;
      for (var request : queue.inOrder()) {
        queue.remove(request);
        finish(request, reason, cause);
      }
      for (var request : List.copyOf(running)) {
        finish(request, reason, cause);
      }
    } finally {
      lock.unlock();
    }
  }

  private void tellPlaces() {
    int place = 0;
    for (var request : queue.inOrder()) {
      request.delivery.queued(++place);
    }
  }
}
