package io.witan.chat;

import io.witan.catalogue.CollectionId;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.Sampling;
import io.witan.retrieval.packing.Stretch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a written answer was made from, to make it again.
 *
 * @param maxTokens tokens that it may have
 * @param promptVersion of the fixed words of the prompt
 * @param promptTokens of the whole prompt
 * @param stretches what the model was given, by number
 * @param sources collections of these and of what earlier turns rest on; null if nobody knows
 */
public record Writing(
    GeneratorInfo model,
    Sampling sampling,
    int maxTokens,
    int promptVersion,
    int promptTokens,
    AnswerRead read,
    List<Stretch> stretches,
    @Nullable Set<CollectionId> sources) {
  public Writing {
    sources = sources == null ? null : Set.copyOf(sources);
    stretches = List.copyOf(stretches);
  }
}
