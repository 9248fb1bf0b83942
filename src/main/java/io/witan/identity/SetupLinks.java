package io.witan.identity;

import java.util.Optional;

/** The one-time link with which the first administrator is created. */
public interface SetupLinks {

  /**
   * Makes a new set-up token, which replaces earlier ones.
   *
   * @return the token for {@code /setup#<token>}, or empty if there is an administrator
   */
  Optional<String> issue();

  /** Whether there is no administrator yet. */
  boolean isSetupRequired();
}
