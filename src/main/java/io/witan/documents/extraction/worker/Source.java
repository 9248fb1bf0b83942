package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.ExtractionLimits;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * The file to read.
 *
 * @param percent told 0–100 as reading goes on
 */
record Source(
    Path path, String fileName, DetectedType type, ExtractionLimits limits, IntConsumer percent) {}
