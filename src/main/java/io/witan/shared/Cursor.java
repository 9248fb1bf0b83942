package io.witan.shared;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opaque position in a sorted list: the sort keys of the last row, URL-safe. */
public final class Cursor {
  private static final String SEPARATOR = "\u001f";

  private Cursor() {}

  public static String of(Object... keys) {
    var joined = String.join(SEPARATOR, List.of(keys).stream().map(Object::toString).toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The keys inside a cursor.
   *
   * @return null when no cursor was given
   * @throws InvalidInput if it was not made by {@link #of} with that many keys
   */
  public static @Nullable List<String> parse(@Nullable String cursor, int keys) {
    if (cursor == null || cursor.isBlank()) {
      return null;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var parts = List.of(text.split(SEPARATOR, -1));
      if (parts.size() == keys) {
        return parts;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidInput("cursor", "is not one that this server gave; start without a cursor");
    }
    throw new InvalidInput("cursor", "does not belong to this list; start without a cursor");
  }
}
