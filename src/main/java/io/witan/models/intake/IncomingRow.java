package io.witan.models.intake;

import io.witan.identity.PersonId;
import io.witan.models.fetch.FetchAddress;
import io.witan.models.intake.IncomingModel.Kind;
import io.witan.models.intake.IncomingModel.Problem;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.ModelRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a file on its way; not written out, for its address may hold a passing key.
 *
 * @param store the folder of files in which it is
 * @param url null for an upload
 * @param receivedBytes as of some seconds ago
 * @param validator says that the other side still gives the same content
 * @param by null for the command line
 */
public record IncomingRow(
    UUID id,
    Kind kind,
    UUID store,
    @Nullable String url,
    String fileName,
    ModelRegistry.Wanted wanted,
    @Nullable Long totalBytes,
    long receivedBytes,
    @Nullable String validator,
    State state,
    @Nullable Problem problem,
    @Nullable UUID modelId,
    Instant createdAt,
    @Nullable PersonId by,
    Instant changedAt) {

  boolean isUnfinished() {
    return state != State.DONE;
  }

  /** What people are told of where it comes from. */
  String source() {
    return url == null ? fileName : FetchAddress.of(url).shown();
  }

  IncomingModel shown(long received, @Nullable Pace pace, Duration keep) {
    var left = totalBytes == null || pace == null ? null : pace.secondsLeft(totalBytes - received);
    return new IncomingModel(
        id,
        kind,
        url == null ? null : source(),
        fileName,
        wanted.name(),
        state,
        received,
        totalBytes,
        pace == null ? null : pace.bytesPerSecond(),
        left,
        problem,
        modelId,
        createdAt,
        changedAt.plus(keep));
  }

  @Override
  public String toString() {
    return "incoming model " + id;
  }
}
