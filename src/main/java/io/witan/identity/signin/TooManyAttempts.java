package io.witan.identity.signin;

import io.witan.shared.Failure;
import java.time.Duration;
import java.util.Map;

/** Too many wrong passwords from this address; other addresses are not affected. */
public final class TooManyAttempts extends Failure {
  private static final long serialVersionUID = 1L;
  private final long retryAfterSeconds;

  public TooManyAttempts(Duration retryAfter) {
    super(
        "too-many-attempts",
        Kind.TOO_MANY,
        "Too many attempts",
        "Too many attempts from your address; wait %d seconds."
            .formatted(Math.max(1, retryAfter.toSeconds())));
    this.retryAfterSeconds = Math.max(1, retryAfter.toSeconds());
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("retryAfterSeconds", retryAfterSeconds);
  }
}
