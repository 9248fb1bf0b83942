package io.witan.shared;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code nextCursor} is opaque and absent on the last page. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  public Page {
    items = List.copyOf(items);
  }

  /** A list that fits one page. */
  public static <T> Page<T> all(List<T> items) {
    return new Page<>(items, null);
  }

  /**
   * Cuts rows that were fetched with {@code limit + 1} into a page.
   *
   * @param cursorOf makes the cursor that continues after the given row
   */
  public static <T> Page<T> cut(List<T> rows, int limit, Function<T, String> cursorOf) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    var kept = rows.subList(0, limit);
    return new Page<>(kept, cursorOf.apply(kept.getLast()));
  }

  /** The limit to use for what was asked, between 1 and {@link #MAX_LIMIT}. */
  public static int limit(@Nullable Integer asked) {
    return asked == null ? DEFAULT_LIMIT : Math.clamp(asked, 1, MAX_LIMIT);
  }
}
