package io.witan.models.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of a model on its way.
 *
 * @param source the address without its query; null for an upload
 * @param name as the administrator says; null for the one in the file
 * @param receivedBytes that have come; while it is checked, that were looked through
 * @param totalBytes null if not known yet
 * @param bytesPerSecond of the last seconds; null if nothing moves
 * @param secondsLeft null if it cannot be said
 * @param problem why it failed
 * @param modelId what it became
 * @param expiresAt when it is thrown away if nothing happens to it
 */
@Schema(name = "IncomingModel")
public record IncomingModel(
    UUID id,
    Kind kind,
    @Nullable String source,
    String fileName,
    @Nullable String name,
    State state,
    long receivedBytes,
    @Nullable Long totalBytes,
    @Nullable Long bytesPerSecond,
    @Nullable Long secondsLeft,
    @Nullable Problem problem,
    @Nullable UUID modelId,
    Instant createdAt,
    Instant expiresAt) {

  /** How it comes. */
  @Schema(name = "IncomingModelKind")
  public enum Kind {
    FETCH,
    UPLOAD
  }

  /** How far it is. */
  @Schema(name = "IncomingModelState")
  public enum State {
    /** For others to finish. */
    WAITING,
    /** Bytes come, or may come. */
    RECEIVING,
    /** All is there and is looked through. */
    CHECKING,
    /** It is a model now. */
    DONE,
    FAILED
  }

  /** Why it failed; {@code code} as in docs/problems.md. */
  @Schema(name = "IncomingModelProblem")
  public record Problem(String code, String title, String detail) {}
}
