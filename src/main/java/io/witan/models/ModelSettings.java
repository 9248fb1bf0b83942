package io.witan.models;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.models.*}.
 *
 * @param embeddingThreads threads that one embedding may use; 0 for half of the processors, at most
 *     four
 * @param nativeLibraries folder for native libraries that are unpacked from jars; a private
 *     temporary folder if absent
 */
@ConfigurationProperties("witan.models")
public record ModelSettings(
    @DefaultValue("0") int embeddingThreads, @Nullable Path nativeLibraries) {

  public ModelSettings {
    if (embeddingThreads < 0 || embeddingThreads > 256) {
      throw new IllegalArgumentException(
          "witan.models.embedding-threads must be 0 to 256, not " + embeddingThreads);
    }
  }

  /** Settings when nothing is configured. */
  public static ModelSettings defaults() {
    return new ModelSettings(0, null);
  }

  int threads() {
    return embeddingThreads > 0
        ? embeddingThreads
        : Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
  }
}
