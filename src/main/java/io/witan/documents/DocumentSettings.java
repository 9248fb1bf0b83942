package io.witan.documents;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of upload and indexing.
 *
 * @param maxFileSize of one uploaded file
 * @param maxRequestSize of one upload request with all its files
 * @param indexing whether this process indexes; another one on the same database may
 * @param concurrency documents worked on at once; 0 for one per processor
 * @param extractionWorkers worker processes that read files; 0 for as many as {@code concurrency},
 *     at most 4
 * @param extractionTimeout for one file
 * @param extractionHeap of one worker process
 * @param pollInterval how soon work queued by another process is seen
 * @param heartbeat sign of life of running work; work without one for four times this is resumed
 * @param liveHeartbeat sign of life on a quiet connection that shows documents live
 * @param attempts how often a stage is tried when its cause may pass
 * @param retryDelay before the second attempt; doubled for each further one
 */
@ConfigurationProperties("witan.documents")
public record DocumentSettings(
    @DefaultValue("200MB") DataSize maxFileSize,
    @DefaultValue("2GB") DataSize maxRequestSize,
    @DefaultValue("true") boolean indexing,
    @DefaultValue("0") int concurrency,
    @DefaultValue("0") int extractionWorkers,
    @DefaultValue("60s") Duration extractionTimeout,
    @DefaultValue("768MB") DataSize extractionHeap,
    @DefaultValue("2s") Duration pollInterval,
    @DefaultValue("5s") Duration heartbeat,
    @DefaultValue("15s") Duration liveHeartbeat,
    @DefaultValue("5") int attempts,
    @DefaultValue("2s") Duration retryDelay) {

  public DocumentSettings {
    if (maxRequestSize.compareTo(maxFileSize) < 0) {
      throw new IllegalArgumentException(
          "witan.documents: max-request-size must not be below max-file-size");
    }
    if (maxFileSize.toBytes() < 1 || concurrency < 0 || extractionWorkers < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "witan.documents: max-file-size and attempts must be at least 1,"
              + " concurrency and extraction-workers at least 0");
    }
    concurrency = concurrency == 0 ? Runtime.getRuntime().availableProcessors() : concurrency;
    extractionWorkers = extractionWorkers == 0 ? Math.min(concurrency, 4) : extractionWorkers;
  }
}
