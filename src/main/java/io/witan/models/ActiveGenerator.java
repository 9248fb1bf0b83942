package io.witan.models;

import org.springframework.stereotype.Component;

/** Which model writes answers; until one can, answers are quotes. */
@Component
public class ActiveGenerator {

  /** How answers come about. */
  public enum Mode {
    /** The best sentences of the found passages, verbatim. */
    QUOTE
  }

  public GeneratorDescription describe() {
    return new GeneratorDescription(
        Mode.QUOTE,
        "Quotes",
        "No text-generating model is active. Answers are the best sentences of your documents,"
            + " word for word, each with its citation.");
  }
}
