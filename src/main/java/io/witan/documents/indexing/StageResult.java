package io.witan.documents.indexing;

import io.witan.documents.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What a stage has worked out and not yet written.
 *
 * @param changes written in the one transaction that also ends the job
 * @param next the stage that is queued in that transaction; null after the last
 */
record StageResult(Runnable changes, @Nullable Stage next) {}
