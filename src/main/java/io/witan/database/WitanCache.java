package io.witan.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where things are kept that any installation on this machine may share and that can be remade. */
final class WitanCache {
  private WitanCache() {}

  /**
   * The system property {@code witan.cache}, else the environment's {@code WITAN_CACHE}, else the
   * user's cache directory.
   */
  static Path directory() {
    String configured = firstSet(System.getProperty("witan.cache"), System.getenv("WITAN_CACHE"));
    if (configured != null) {
      return Path.of(configured).toAbsolutePath();
    }
    String caches = firstSet(System.getenv("XDG_CACHE_HOME"), null);
    Path parent =
        caches == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(caches);
    return parent.resolve("witan").toAbsolutePath();
  }

  private static @Nullable String firstSet(@Nullable String first, @Nullable String second) {
    String value = first == null || first.isBlank() ? second : first;
    return value == null || value.isBlank() ? null : value;
  }
}
