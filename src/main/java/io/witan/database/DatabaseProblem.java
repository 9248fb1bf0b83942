package io.witan.database;

/** The database cannot be used; the message says why and what the person at the console can do. */
public final class DatabaseProblem extends RuntimeException {
  /**
   * @param message what is wrong and how to repair it, in full sentences
   */
  public DatabaseProblem(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and how to repair it, in full sentences
   * @param cause what the system reported
   */
  public DatabaseProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
