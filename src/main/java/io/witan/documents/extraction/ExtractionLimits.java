package io.witan.documents.extraction;

import java.time.Duration;

/**
 * What one file may cost before it is given up.
 *
 * @param timeout wall-clock time for one file, start of a worker not included
 * @param heapBytes heap of a worker process
 * @param maxTextChars text beyond this many UTF-16 code units is cut, with a warning
 * @param maxUnpackedBytes how much a packed file (docx, epub, …) may unpack to
 * @param maxDepth nesting of markup elements
 */
public record ExtractionLimits(
    Duration timeout, long heapBytes, int maxTextChars, long maxUnpackedBytes, int maxDepth) {

  public ExtractionLimits {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    if (heapBytes < 64L << 20) {
      throw new IllegalArgumentException("a worker needs at least 64 MiB of heap: " + heapBytes);
    }
    if (maxTextChars < 1 || maxUnpackedBytes < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** 60 seconds, 768 MiB of heap, 10 million characters, 1 GiB unpacked, 200 levels. */
  public static ExtractionLimits defaults() {
    return new ExtractionLimits(Duration.ofSeconds(60), 768L << 20, 10_000_000, 1L << 30, 200);
  }

  public ExtractionLimits withTimeout(Duration value) {
    return new ExtractionLimits(value, heapBytes, maxTextChars, maxUnpackedBytes, maxDepth);
  }

  public ExtractionLimits withHeapBytes(long value) {
    return new ExtractionLimits(timeout, value, maxTextChars, maxUnpackedBytes, maxDepth);
  }

  public ExtractionLimits withMaxTextChars(int value) {
    return new ExtractionLimits(timeout, heapBytes, value, maxUnpackedBytes, maxDepth);
  }
}
