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
import org.jspecify.annotations.Nullable;

/**
 * A request from its submission to its end. The server's lock guards it, but for what {@link
 * #sample} touches, which is the stepping thread's.
 */
final class ServedRequest {
  private static final long NEVER = Long.MIN_VALUE;

  private final GenerationRequest request;
  final Delivery delivery;

  /** Pages that it takes in the worst case. */
  final int worstPages;

  private final long submittedAt;
  private long admittedAt = NEVER;
  private long firstTokenAt = NEVER;
  private @Nullable Session session;
  private @Nullable Generation generation;
  private @Nullable PrefixPage lastPrefix;
  private boolean keepsPublic = true;
  private boolean keepsPrivate = true;
  private int reused;
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
    lastPrefix = root;
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

  // ------------------------------------------------------------------ prefixes

  /** Neither looks for pages under this key any more nor makes its own known. */
  void forget(String scopeKey) {
    var scope = request.scope();
    if (scopeKey.equals(scope.publicKey())) {
      keepsPublic = false;
      keepsPrivate = false;
    } else if (scopeKey.equals(scope.privateKey())) {
      keepsPrivate = false;
    }
  }

  /**
   * What a whole page of the prompt is known by; null if nobody may reuse it. The last token is
   * always computed, for its logits, so a page that it ends is not looked for, but kept.
   */
  @Nullable PrefixKey keyOf(int index, int pageTokens) {
    int from = index * pageTokens;
    int to = from + pageTokens;
    var scope = request.scope();
    boolean everybody = to <= scope.publicTokens();
    String key = everybody ? scope.publicKey() : scope.privateKey();
    boolean keeps = everybody ? keepsPublic : keepsPrivate;
    return keeps && key != null && to <= prompt().length
        ? new PrefixKey(everybody, key, request.adapter(), Arrays.copyOfRange(prompt(), from, to))
        : null;
  }

  /** The page that somebody computed already and that comes next, if there is one. */
  @Nullable PrefixPage findNext(PagePool pool, PrefixPage before, int index) {
    int pageTokens = pool.pageTokens();
    var key = (index + 1) * pageTokens < prompt().length ? keyOf(index, pageTokens) : null;
    return key == null ? null : pool.find(before, key);
  }

  /** The page of its prompt that it computes next; null if nobody may reuse it. */
  @Nullable Computed computesNext(int pageTokens) {
    var before = lastPrefix;
    var key = before == null ? null : keyOf(session().length() / pageTokens, pageTokens);
    return before == null || key == null ? null : new Computed(before, key);
  }

  /** Whether it could use that page if somebody else computed it. */
  boolean couldAdopt(int pageTokens) {
    int length = session().length();
    return length % pageTokens == 0 && length + pageTokens < prompt().length;
  }

  /** A page that does not exist yet: what follows another, which is compared by identity. */
  record Computed(PrefixPage before, PrefixKey key) {}

  /** Takes over pages that others computed, as far as they go on from here; gives the tokens. */
  int adopt(PagePool pool) {
    int pageTokens = pool.pageTokens();
    int before = reused;
    while (lastPrefix != null && !lastPrefix.dropped && session().length() % pageTokens == 0) {
      var next = findNext(pool, lastPrefix, session().length() / pageTokens);
      if (next == null) {
        break;
      }
      pool.use(next);
      session().adopt(next.page, next.key.tokens());
      lastPrefix = next;
      reused += pageTokens;
    }
    return reused - before;
  }

  /** Makes the pages known that the last {@code rows} rows of the prompt have filled. */
  void publish(PagePool pool, int rows) {
    int pageTokens = pool.pageTokens();
    int full = session().length() / pageTokens;
    for (int index = (session().length() - rows) / pageTokens; index < full; index++) {
      var before = lastPrefix;
      var key = keyOf(index, pageTokens);
      if (before == null || before.dropped || key == null) {
        lastPrefix = null;
        return;
      }
      var same = pool.find(before, key);
      if (same == null) {
        lastPrefix = pool.keep(before, key, session().page(index));
      } else {
        pool.use(same);
        session().exchange(index, same.page);
        lastPrefix = same;
      }
    }
  }

  // ------------------------------------------------------------------ steps

  /** What it does in the next step, with at most so many rows of its prompt. */
  StepPart part(int promptRows) {
    var own = session();
    var chosen = generation;
    if (chosen != null) {
      return StepPart.generated(own, chosen.token());
    }
    int from = own.length();
    int to = Math.min(prompt().length, from + promptRows);
    var wanted = to == prompt().length ? StepPart.Logits.LAST : StepPart.Logits.NONE;
    return StepPart.prompt(own, Arrays.copyOfRange(prompt(), from, to), wanted);
  }

  /** Chooses the next token; why it ended, or null. */
  @Nullable EndReason sample(LongClock clock) {
    var own = session();
    var chosen = generation;
    if (chosen == null) {
      chosen = own.newGeneration(request.sampling(), request.grammar(), request.maxTokens());
      generation = chosen;
    }
    var reason = chosen.next(own.logits(), !own.isFull(), token -> tell(token, clock));
    return reason == null ? null : reasonOf(reason);
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
            new Usage(prompt().length, reused, generated()),
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
