package io.witan.engine.serving;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of the tree of prompts that begin alike; the root stands for no tokens. */
final class PrefixPage {
  final @Nullable PrefixPage parent;
  final PrefixKey key;
  final int page;
  final Map<PrefixKey, PrefixPage> following = new HashMap<>();

  /** Requests that use the page now. */
  int users;

  /** Whether nobody may find it any more. */
  boolean dropped;

  private PrefixPage(@Nullable PrefixPage parent, PrefixKey key, int page) {
    this.parent = parent;
    this.key = key;
    this.page = page;
  }

  static PrefixPage root() {
    return new PrefixPage(null, new PrefixKey(true, "", null, new int[0]), -1);
  }

  /** Puts a page after this one. */
  PrefixPage add(PrefixKey next, int holder) {
    var added = new PrefixPage(this, next, holder);
    following.put(next, added);
    return added;
  }
}
