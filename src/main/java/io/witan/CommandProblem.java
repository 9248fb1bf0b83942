package io.witan;

/** A command cannot be done; the message says why and what to do, and is all that is printed. */
final class CommandProblem extends RuntimeException {
  CommandProblem(String message) {
    super(message);
  }
}
