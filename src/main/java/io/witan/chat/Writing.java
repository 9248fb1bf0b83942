package io.witan.chat;

import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.Sampling;
import io.witan.retrieval.packing.Stretch;
import java.util.List;

/**
 * What a written answer was made from, to make it again.
 *
 * @param maxTokens tokens that it may have
 * @param promptVersion of the fixed words of the prompt
 * @param promptTokens of the whole prompt
 * @param stretches what the model was given, by number
 */
public record Writing(
    GeneratorInfo model,
    Sampling sampling,
    int maxTokens,
    int promptVersion,
    int promptTokens,
    AnswerRead read,
    List<Stretch> stretches) {
  public Writing {
    stretches = List.copyOf(stretches);
  }
}
