package io.witan.engine.serving;

import io.witan.engine.ModelAdapter;
import io.witan.engine.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What of one request's prompt others have computed, or may reuse. The server's lock guards it. */
final class PrefixReuse {
  private final int[] prompt;
  private final PrefixScope scope;
  private final @Nullable ModelAdapter adapter;
  private @Nullable Session session;
  private @Nullable PrefixPage lastPrefix;
  private boolean keepsPublic = true;
  private boolean keepsPrivate = true;
  private int reused;

  PrefixReuse(int[] prompt, PrefixScope scope, @Nullable ModelAdapter adapter) {
    this.prompt = prompt;
    this.scope = scope;
    this.adapter = adapter;
  }

  void admit(Session own, PrefixPage root) {
    session = own;
    lastPrefix = root;
  }

  private Session session() {
    var own = session;
    if (own == null) {
      throw new IllegalStateException("not admitted");
    }
    return own;
  }

  /** Tokens of the prompt that were not computed again. */
  int reused() {
    return reused;
  }

  /** Neither looks for pages under this key any more nor makes its own known. */
  void forget(String scopeKey) {
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
    boolean everybody = to <= scope.publicTokens();
    String key = everybody ? scope.publicKey() : scope.privateKey();
    boolean keeps = everybody ? keepsPublic : keepsPrivate;
    return keeps && key != null && to <= prompt.length
        ? new PrefixKey(everybody, key, adapter, Arrays.copyOfRange(prompt, from, to))
        : null;
  }

  /** The page that somebody computed already and that comes next, if there is one. */
  @Nullable PrefixPage findNext(PagePool pool, PrefixPage before, int index) {
    int pageTokens = pool.pageTokens();
    var key = (index + 1) * pageTokens < prompt.length ? keyOf(index, pageTokens) : null;
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
    return length % pageTokens == 0 && length + pageTokens < prompt.length;
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
}
