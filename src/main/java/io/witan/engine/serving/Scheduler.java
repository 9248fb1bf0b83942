package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelAdapter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who runs. A request is let in when the pages that it takes in the worst case fit beside
 * what the running ones may still take, so none ever waits half-way. Its caller holds the server's
 * lock.
 */
final class Scheduler {
  private final LanguageModel model;
  private final ServingOptions options;
  private final LongClock clock;
  private final PagePool pool;
  private final FairQueue queue = new FairQueue();
  private final List<ServedRequest> running = new ArrayList<>();
  private final Map<String, Integer> runningOf = new HashMap<>();
  private final Meters meters = new Meters();

  Scheduler(LanguageModel model, ServingOptions options, LongClock clock, int pages) {
    this.model = model;
    this.options = options;
    this.clock = clock;
    this.pool = new PagePool(model.pages(), pages);
  }

  boolean isRunning() {
    return !running.isEmpty();
  }

  // ------------------------------------------------------------------ waiting

  /**
   * Lets a request wait.
   *
   * @throws EngineException.Overloaded if too many wait, of all owners or of this one
   */
  void add(ServedRequest request) {
    String owner = request.owner();
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
    meters.submitted++;
    queue.add(request);
    tellPlaces();
  }

  private void tellPlaces() {
    int place = 0;
    for (var request : queue.inOrder()) {
      request.delivery.queued(++place);
    }
  }

  /** Lets in whose turn it is, as long as the worst case of all fits. */
  void admit() {
    boolean changed = false;
    while (running.size() < options.running()) {
      var request =
          queue.next(owner -> runningOf.getOrDefault(owner, 0) < options.runningPerOwner());
      if (request == null || !fits(request)) {
        break;
      }
      queue.take(request);
      request.admit(model.newSession(pool, request.adapter()), pool.root(), clock.nanos());
      running.add(request);
      runningOf.merge(request.owner(), 1, Integer::sum);
      meters.queueTime.add(request.queuedNanos());
      meters.reused(request.prefixes.adopt(pool));
      request.tellRead();
      changed = true;
    }
    if (changed) {
      tellPlaces();
    }
  }

  private boolean fits(ServedRequest request) {
    int promised = 0;
    for (var other : running) {
      promised += other.pagesToCome();
    }
    int needed = request.worstPages;
    int index = 0;
    var known = request.prefixes.findNext(pool, pool.root(), index);
    while (known != null) {
      // a page that others use costs nothing; an idle one is as good as a free one
      needed -= known.users > 0 ? 1 : 0;
      known = request.prefixes.findNext(pool, known, ++index);
    }
    return needed + promised <= pool.available();
  }

  // ------------------------------------------------------------------ steps

  /** What the next step computes; somebody must be running. */
  StepPlan plan() {
    boolean generating = running.stream().anyMatch(request -> !request.isReading());
    int rows =
        generating
            ? meters.promptRowsWithin(options.stepTarget(), options.promptRows())
            : options.promptRows();
    for (var request : running) {
      meters.reused(request.prefixes.adopt(pool));
    }
    var plan = StepPlan.of(running, pool.pageTokens(), rows);
    plan.refused().forEach((request, full) -> finish(request, EndReason.FAILED, full));
    return plan;
  }

  /** Counts a step that was computed and makes its pages known. */
  void hasRun(StepPlan plan, long nanos) {
    meters.step(plan.promptRows(), plan.generatedRows(), plan.parts().size(), nanos);
    plan.parts()
        .forEach(
            (request, part) -> {
              if (part.prompt()) {
                request.prefixes.publish(pool, part.tokens().length);
                request.tellRead();
              }
            });
  }

  /** Counts a request's token. */
  void hasSampled(ServedRequest request) {
    meters.generated();
    if (request.tookFirstToken()) {
      meters.firstTokenTime.add(request.firstTokenNanos());
    }
  }

  /** Who sat out and need no longer. */
  List<ServedRequest> ready() {
    return running.stream().filter(ServedRequest::canGoOn).toList();
  }

  /** Whether all that run sit out. */
  boolean allSitOut() {
    return running.stream().allMatch(ServedRequest::sitsOut);
  }

  // ------------------------------------------------------------------ ends

  /** Ends what was cancelled or is late, or everything of a kind if there is a reason. */
  void sweep(@Nullable EndReason allWaiting, @Nullable EndReason allRunning) {
    long now = clock.nanos();
    boolean changed = false;
    for (var request : queue.inOrder()) {
      var reason = allWaiting == null ? request.endingAt(now) : allWaiting;
      if (reason != null) {
        queue.remove(request);
        finish(request, reason, null);
        changed = true;
      }
    }
    for (var request : List.copyOf(running)) {
      var own = request.endingAt(now);
      var reason = own == null ? allRunning : own;
      if (reason != null) {
        finish(request, reason, null);
      }
    }
    if (changed) {
      tellPlaces();
    }
  }

  /** Ends a waiting request now, a running one before the next step. */
  void end(ServedRequest request, EndReason reason, @Nullable Throwable cause) {
    if (queue.remove(request)) {
      finish(request, reason, cause);
      tellPlaces();
    } else {
      request.endSoon(reason, cause);
    }
  }

  /** Ends everything now. */
  void endAll(EndReason reason, Throwable cause) {
    for (var request : queue.inOrder()) {
      queue.remove(request);
      finish(request, reason, cause);
    }
    for (var request : List.copyOf(running)) {
      finish(request, reason, cause);
    }
  }

  /** Ends a request that does not wait. */
  void finish(ServedRequest request, EndReason reason, @Nullable Throwable cause) {
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

  // ------------------------------------------------------------------ the rest

  void forget(String scopeKey) {
    pool.forget(scopeKey);
    queue.inOrder().forEach(request -> request.prefixes.forget(scopeKey));
    running.forEach(request -> request.prefixes.forget(scopeKey));
  }

  void forget(ModelAdapter adapter) {
    pool.forget(adapter);
  }

  void forgetAll() {
    pool.forgetAll();
  }

  ServingStatistics statistics() {
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
  }
}
