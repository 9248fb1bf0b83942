package io.witan.models.generation;

import java.util.List;

/**
 * Writes text. One that has been replaced goes on with what it began and refuses what is new, so
 * ask {@link Generators} for each request. Safe for use by several threads.
 */
public interface Generator {
  GeneratorInfo info();

  /** The names of the adapters that it can write with. */
  default List<String> adapters() {
    return List.of();
  }

  /** Tokens of a text: exact where the model runs here, else an estimate on the safe side. */
  int countTokens(String text);

  /** Tokens of a prompt as the model gets it, with everything that its template adds. */
  int countTokens(Prompt prompt);

  /** Prompt tokens that are read in a second, as measured; 0 while that is not known. */
  double promptTokensPerSecond();

  /**
   * Begins to generate and returns at once.
   *
   * @param listener is told in order, on another thread
   * @throws GeneratorOverloaded if too many requests wait
   * @throws PromptTooLong if prompt and answer do not fit the model's context or memory
   * @throws GeneratorGone if this generator was replaced or has stopped
   */
  GenerationRun start(GeneratorRequest request, GeneratorListener listener);
}
