package io.witan.engine.serving;

import io.witan.engine.FinishReason;
import io.witan.engine.GeneratedToken;
import io.witan.engine.Generation;
import io.witan.engine.ModelAdapter;
import io.witan.engine.Session;
import io.witan.engine.StepPart;
import io.witan.engine.serving.GenerationResult.Timings;
import io.witan.engine.serving.GenerationResult.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A request from its submission to its end. The server's lock guards it, but for what {@link
 * #sample} touches, which is the stepping thread's.
 */
final class ServedRequest {
  private static final long NEVER = Long.MIN_VALUE;

  private final GenerationRequest request;
  final Delivery delivery;

  /** What of its prompt others have computed, or may reuse. */
  final PrefixReuse prefixes;

  /** Pages that it takes in the worst case. */
  final int worstPages;

  private final long submittedAt;
  private long admittedAt = NEVER;
  private long firstTokenAt = NEVER;
  private @Nullable Session session;
  private @Nullable Generation generation;
  private CompletableFuture<?> preparing = CompletableFuture.completedFuture(null);
  private boolean sitsOut;
  private boolean firstTokenTold;
  private boolean hasEnded;
  private @Nullable EndReason ending;
  private @Nullable Throwable failure;

  ServedRequest(
      GenerationRequest request,
      GenerationListener listener,
      int listenerTokens,
      int worstPages,
      long now) {
    this.request = request;
    this.prefixes = new PrefixReuse(request.prompt(), request.scope(), request.adapter());
    this.delivery = new Delivery(listener, listenerTokens);
    this.worstPages = worstPages;
    this.submittedAt = now;
  }

  String owner() {
    return request.owner();
  }

  @Nullable ModelAdapter adapter() {
    return request.adapter();
  }

  int[] prompt() {
    return request.prompt();
  }

  Session session() {
    var own = session;
    if (own == null) {
      throw new IllegalStateException("not admitted");
    }
    return own;
  }

  void admit(Session own, PrefixPage root, long now) {
    session = own;
    prefixes.admit(own, root);
    admittedAt = now;
  }

  boolean isAdmitted() {
    return admittedAt != NEVER;
  }

  boolean isReading() {
    return session().length() < prompt().length;
  }

  /** Tokens of the prompt that are not read. */
  int unread() {
    return prompt().length - session().length();
  }

  /** Pages that it may still take. */
  int pagesToCome() {
    return worstPages - session().pageCount();
  }

  long queuedNanos() {
    return admittedAt - submittedAt;
  }

  long nanosSinceAdmission(long now) {
    return now - admittedAt;
  }

  /** Tells how far the prompt is read. */
  void tellRead() {
    delivery.read(session().length(), prompt().length);
  }

  boolean hasToken() {
    return firstTokenAt != NEVER;
  }

  long firstTokenNanos() {
    return firstTokenAt - submittedAt;
  }

  /** Whether its first token has come since this was last asked. */
  boolean tookFirstToken() {
    boolean took = hasToken() && !firstTokenTold;
    firstTokenTold |= took;
    return took;
  }

  // ------------------------------------------------------------------ steps

  /** What it does in the next step, with at most so many rows of its prompt. */
  StepPart part(int promptRows) {
    var own = session();
    var chosen = generation;
    if (chosen != null) {
      return StepPart.generated(own, chosen.token(), chosen.wants());
    }
    int from = own.length();
    int to = Math.min(prompt().length, from + promptRows);
    var wanted = to == prompt().length ? StepPart.Logits.LAST : StepPart.Logits.NONE;
    return StepPart.prompt(own, Arrays.copyOfRange(prompt(), from, to), wanted);
  }

  /** Whether the next token cannot be chosen yet: what a grammar allows is being worked out. */
  boolean sitsOut() {
    return sitsOut;
  }

  /** Whether it sat out and need no longer. */
  boolean canGoOn() {
    return sitsOut && preparing.isDone();
  }

  /**
   * Chooses the next token if that needs no working out; else it sits out steps until that is done.
   *
   * @param masks where it is worked out
   * @param whenDone told then
   * @return why it ended, or null
   */
  @Nullable EndReason sample(LongClock clock, Executor masks, Runnable whenDone) {
    var own = session();
    var chosen = generation;
    if (chosen == null) {
      chosen = own.newGeneration(request.sampling(), request.grammar(), request.maxTokens());
      generation = chosen;
      prepare(chosen, masks, whenDone);
    }
    sitsOut = !preparing.isDone();
    if (sitsOut) {
      return null;
    }
    rethrow(preparing);
    var reason = own.choose(chosen, token -> tell(token, clock));
    if (reason == null) {
      prepare(chosen, masks, whenDone); // while the next step computes
    }
    return reason == null ? null : reasonOf(reason);
  }

  private void prepare(Generation chosen, Executor masks, Runnable whenDone) {
    if (!chosen.isPrepared()) {
      preparing = CompletableFuture.runAsync(chosen::prepare, masks);
      preparing.whenComplete((done, failure) -> whenDone.run());
    }
  }

  /** As the same on this thread would have failed. */
  private static void rethrow(CompletableFuture<?> done) {
    if (done.isCompletedExceptionally() && done.exceptionNow() instanceof RuntimeException cause) {
      throw cause;
    }
  }

  private boolean tell(GeneratedToken token, LongClock clock) {
    if (firstTokenAt == NEVER) {
      firstTokenAt = clock.nanos();
    }
    return delivery.token(token);
  }

  private static EndReason reasonOf(FinishReason reason) {
    return switch (reason) {
      case STOP -> EndReason.STOP;
      case LENGTH -> EndReason.LENGTH;
      case CANCELLED -> EndReason.LISTENER;
    };
  }

  int generated() {
    var chosen = generation;
    return chosen == null ? 0 : chosen.count();
  }

  // ------------------------------------------------------------------ the end

  /** Asks for the end; the first to ask gives the reason. */
  void endSoon(EndReason reason, @Nullable Throwable cause) {
    if (ending == null) {
      ending = reason;
      failure = cause;
    }
  }

  /** Why it shall end before the next step; null if it goes on. */
  @Nullable EndReason endingAt(long now) {
    if (ending == null) {
      var deadline = request.deadline();
      long waited = now - submittedAt;
      boolean late =
          waited >= deadline.total().toNanos()
              || (!isAdmitted() && waited >= deadline.queued().toNanos());
      ending = late ? EndReason.DEADLINE : null;
    }
    return ending;
  }

  /** Gives its pages back and tells the end; once. */
  boolean end(EndReason reason, @Nullable Throwable cause, long now) {
    if (hasEnded) {
      return false;
    }
    hasEnded = true;
    if (session != null) {
      session.close();
    }
    var adapter = request.adapter();
    if (adapter != null) {
      adapter.release();
    }
    var first = firstTokenAt == NEVER ? null : Duration.ofNanos(firstTokenNanos());
    delivery.end(
        new GenerationResult(
            reason,
            new Usage(prompt().length, prefixes.reused(), generated()),
            new Timings(
                Duration.ofNanos((isAdmitted() ? admittedAt : now) - submittedAt),
                first,
                Duration.ofNanos(now - submittedAt)),
            failureOf(reason, cause)));
    return true;
  }

  private @Nullable Throwable failureOf(EndReason reason, @Nullable Throwable cause) {
    var known = cause == null ? failure : cause;
    return known == null && reason == EndReason.LISTENER
        ? new IllegalStateException("the listener is too many tokens behind")
        : known;
  }
}
