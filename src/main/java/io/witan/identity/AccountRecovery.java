package io.witan.identity;

import java.util.Optional;

/** Lets whoever controls the machine into an account again; for the command line, not for REST. */
public interface AccountRecovery {

  /** Whether an account has this e-mail. */
  boolean knows(String email);

  /**
   * Makes a one-time link with which the person chooses a new password, and activates the account.
   *
   * @return the token for {@code /invite#<token>}, or empty if no account has this e-mail
   */
  Optional<String> invite(String email);

  /**
   * Replaces the password, activates the account and ends its sessions.
   *
   * @return false if no account has this e-mail
   */
  boolean setPassword(String email, String password);
}
