package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.ModelAdapter;
import io.witan.engine.backend.CachePages;
import io.witan.engine.serving.ServingStatistics.Pages;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deals out a budget of a model's pages. Whole pages of prompts stay after use, until their room is
 * needed, and are found by the tokens that lead to them. Its caller holds the server's lock.
 *
 * <p>Whoever uses a page uses all before it, and gives them back from the last: so of the idle
 * pages the longest unused one never has a page after it.
 */
final class PagePool implements CachePages {
  private final CachePages pages;
  private final int budget;
  private final PrefixPage root = PrefixPage.root();
  private final LinkedHashSet<PrefixPage> idle = new LinkedHashSet<>();
  private @Nullable PrefixPage[] known = {};
  private int taken;

  PagePool(CachePages pages, int budget) {
    this.pages = pages;
    this.budget = budget;
  }

  @Override
  public int pageTokens() {
    return pages.pageTokens();
  }

  @Override
  public long pageBytes() {
    return pages.pageBytes();
  }

  /** Pages that are free or can be made free now. */
  int available() {
    return budget - taken + idle.size();
  }

  Pages statistics() {
    return new Pages(taken - idle.size(), idle.size(), budget - taken);
  }

  @Override
  public int acquire() {
    while (taken >= budget) {
      if (idle.isEmpty()) {
        throw new EngineException.LimitExceeded("all %d pages are in use".formatted(budget));
      }
      drop(idle.getFirst());
    }
    int page = pages.acquire();
    taken++;
    return page;
  }

  @Override
  public void release(int page) {
    var prefix = page < known.length ? known[page] : null;
    if (prefix == null) {
      free(page);
      return;
    }
    prefix.users--;
    if (prefix.users == 0) {
      if (prefix.dropped) {
        free(page);
      } else {
        idle.add(prefix);
      }
    }
  }

  private void free(int page) {
    if (page < known.length) {
      known[page] = null;
    }
    pages.release(page);
    taken--;
  }

  /** What leads to the first page. */
  PrefixPage root() {
    return root;
  }

  /** The page after another, if one was kept; it is not yet used by asking. */
  @Nullable PrefixPage find(PrefixPage before, PrefixKey key) {
    return before.following.get(key);
  }

  /** Counts one more user, who gives it back with {@link #release}. */
  void use(PrefixPage prefix) {
    if (prefix.users == 0) {
      idle.remove(prefix);
    }
    prefix.users++;
  }

  /** Makes a page, which one request uses, known to those that may reuse it. */
  PrefixPage keep(PrefixPage before, PrefixKey key, int page) {
    var prefix = before.add(key, page);
    prefix.users = 1;
    if (page >= known.length) {
      known = Arrays.copyOf(known, Math.max(page + 1, 2 * known.length));
    }
    known[page] = prefix;
    return prefix;
  }

  /** Lets nobody find the pages of a scope any more; those in use are freed after use. */
  void forget(String scope) {
    forget(key -> key.scope().equals(scope));
  }

  /** Lets nobody find the pages that were computed with an adapter any more. */
  void forget(ModelAdapter adapter) {
    forget(key -> key.adapter() == adapter);
  }

  /** Lets nobody find any page. */
  void forgetAll() {
    forget(key -> true);
  }

  private void forget(Predicate<PrefixKey> which) {
    for (var prefix : known.clone()) {
      if (prefix != null && !prefix.dropped && which.test(prefix.key)) {
        drop(prefix);
      }
    }
  }

  /** Drops a page and all that follow it. */
  private void drop(PrefixPage first) {
    var parent = first.parent;
    if (parent != null) {
      parent.following.remove(first.key);
    }
    var todo = new ArrayDeque<PrefixPage>();
    todo.push(first);
    while (!todo.isEmpty()) {
      var prefix = todo.pop();
      todo.addAll(prefix.following.values());
      prefix.following.clear();
      prefix.dropped = true;
      if (idle.remove(prefix)) {
        free(prefix.page);
      }
    }
  }
}
