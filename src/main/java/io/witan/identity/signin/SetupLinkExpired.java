package io.witan.identity.signin;

import io.witan.shared.Failure;

/** The set-up link does not work, or no longer. */
public final class SetupLinkExpired extends Failure {
  private static final long serialVersionUID = 1L;

  public SetupLinkExpired() {
    super(
        "setup-link-expired",
        Kind.GONE,
        "Set-up link expired",
        "This set-up link was used, replaced or is too old; restart Witan to get a new one.");
  }
}
