package io.witan.engine.gguf;

/** One metadata value; widened to the widest type of its kind, with the type it came as. */
sealed interface GgufValue {
  record Whole(long value, GgufType type) implements GgufValue {}

  record Real(double value, GgufType type) implements GgufValue {}

  record Flag(boolean value) implements GgufValue {}

  record Text(String value) implements GgufValue {}

  record Items(GgufArray array) implements GgufValue {}

  /** What a message calls this kind. */
  default String kind() {
    return switch (this) {
      case Whole ignored -> "a whole number";
      case Real ignored -> "a real number";
      case Flag ignored -> "true or false";
      case Text ignored -> "a string";
      case Items items -> "an array of " + items.array().type();
    };
  }
}
