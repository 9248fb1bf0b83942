package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.Collection;

/**
 * What is left to one rendering; whatever goes past it ends the rendering. Long conversations may
 * take more than short ones.
 */
final class Budget {
  private static final int STEPS = 1_000_000;
  private static final int STEPS_PER_CHARACTER = 4;
  private static final long CHARACTERS = 8L << 20;
  private static final int COPIES = 64;
  private static final long READ = 64L << 20;
  private static final int READINGS = 256;
  private static final int MOST_DEPTH = 400;

  /** What a value that is no text counts for, in characters. */
  private static final int SMALL_VALUE = 16;

  private final long mostSteps;
  private final long mostCharacters;
  private final long mostRead;
  private long steps;
  private long read;
  private long characters;
  private int depth;

  private Budget(long inputCharacters) {
    this.mostSteps = STEPS + inputCharacters * STEPS_PER_CHARACTER;
    this.mostCharacters = CHARACTERS + inputCharacters * COPIES;
    this.mostRead = READ + inputCharacters * READINGS;
    this.steps = mostSteps;
    this.characters = mostCharacters;
    this.read = mostRead;
  }

  /** Enough for what templates do with these variables. */
  static Budget forInput(Collection<Value> variables) {
    return new Budget(variables.stream().mapToLong(Budget::charactersOf).sum());
  }

  private static long charactersOf(Value value) {
    return SMALL_VALUE
        + switch (value) {
          case Value.Text text -> text.value().length();
          case Value.Items items -> items.values().stream().mapToLong(Budget::charactersOf).sum();
          case Value.Mapping mapping ->
              mapping.values().entrySet().stream()
                  .mapToLong(entry -> entry.getKey().length() + charactersOf(entry.getValue()))
                  .sum();
          default -> 0;
        };
  }

  /** Pays for one thing looked at. */
  void step() {
    if (--steps < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template takes more than " + mostSteps + " steps");
    }
  }

  /** Pays for memory, in characters or elements, before it is allocated. */
  void allocate(long size) {
    characters -= size;
    if (characters < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template makes more than " + mostCharacters + " characters");
    }
  }

  /** Pays for looking through so many characters or elements. */
  void read(long size) {
    read -= size;
    if (read < 0) {
      throw new EngineException.TemplateFailure(
          "the chat template reads more than " + mostRead + " characters");
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
