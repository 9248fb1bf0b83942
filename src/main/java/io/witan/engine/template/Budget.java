package io.witan.engine.template;

import io.witan.engine.EngineException;

/** What is left to one rendering; whatever goes past it ends the rendering. */
final class Budget {
  private static final int MOST_STEPS = 5_000_000;
  private static final long MOST_CHARACTERS = 64L << 20;
  private static final int MOST_DEPTH = 400;

  private static final long MOST_READ = 512L << 20;

  private int steps = MOST_STEPS;
  private long read = MOST_READ;
  private long characters = MOST_CHARACTERS;
  private int depth;

  /** Pays for one thing looked at. */
  void step() {
    if (--steps < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template takes more than " + MOST_STEPS + " steps");
    }
  }

  /** Pays for memory, in characters or elements, before it is allocated. */
  void allocate(long size) {
    characters -= size;
    if (characters < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template makes more than " + MOST_CHARACTERS + " characters");
    }
  }

  /** Pays for looking through so many characters or elements. */
  void read(long size) {
    read -= size;
    if (read < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template reads more than " + MOST_READ + " characters");
    }
  }

  /** Goes one level into something nested. */
  void enter() {
    step();
    if (++depth > MOST_DEPTH) {
      throw new EngineException.TemplateFailure(
          "the chat template nests more than " + MOST_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }
}
