package io.witan.models.fetch;

import io.witan.shared.Failure;

/** There is no token for that host. */
public final class FetchTokenNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  FetchTokenNotFound(String host) {
    super(
        "fetch-token-not-found",
        Kind.NOT_FOUND,
        "Token not found",
        "There is no token for the host %s.".formatted(host));
  }
}
