package io.witan.chat.writing;

import io.witan.assistants.AssistantSettings;
import io.witan.catalogue.CollectionId;
import io.witan.chat.AnswerRead;
import io.witan.chat.Question;
import io.witan.chat.writing.WritingPrompt.History;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Prompt;
import io.witan.retrieval.Hit;
import io.witan.retrieval.packing.ContextPacker;
import io.witan.retrieval.packing.NearbyPassage;
import io.witan.retrieval.packing.PackedContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that fits the model's context and can be read in time.
 *
 * @param promptTokens with everything that the model's template adds
 * @param answerTokens that the answer may have
 * @param sources collections that the answer may come to rest on; null if nobody knows
 */
record Reading(
    Prompt.Conversation prompt,
    PackedContext context,
    int promptTokens,
    int answerTokens,
    AnswerRead read,
    @Nullable Set<CollectionId> sources) {
  /** Tokens to read while nobody knows how fast the model reads. */
  static final int CAUTIOUS_TOKENS = 2_048;

  /** What counting passages one by one may miss. */
  private static final int MARGIN = 32;

  private static final int TRIES = 4;

  /**
   * As much of what was found as there is room and time for.
   *
   * @param material which this generator may be given
   * @return empty if not even one passage fits
   */
  static Optional<Reading> of(
      Generator generator,
      WritingSettings settings,
      AssistantSettings assistant,
      Question question,
      Material material) {
    var hits = material.hits();
    if (hits.isEmpty()) { // of what was found nothing may be given to this generator
      return Optional.empty();
    }
    int context = Math.min(settings.contextTokens(), generator.info().contextTokens());
    int answer = answerTokens(settings, assistant, context);
    int bare =
        generator.countTokens(WritingPrompt.of(assistant, question, List.of(), History.NONE));
    int free = context - answer - bare - MARGIN;
    var history = History.of(material.turns(), generator::countTokens, free / 4);
    var empty = WritingPrompt.of(assistant, question, List.of(), history);
    int fixed = generator.countTokens(empty);
    int room = context - answer - fixed - MARGIN;
    long inTime = tokensInTime(generator, settings) - fixed;
    boolean slow = inTime < room;
    int budget = (int) Math.max(0, Math.min(inTime, room));
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var packed = packed(generator, hits, material.nearby(), budget, slow ? room : 0);
      if (packed.stretches().isEmpty()) {
        return Optional.empty();
      }
      var prompt = WritingPrompt.of(assistant, question, packed.stretches(), history);
      int tokens = generator.countTokens(prompt);
      int over = tokens + answer - context;
      if (over <= 0) {
        var limit = slow ? AnswerRead.Limit.SPEED : AnswerRead.Limit.CONTEXT;
        var read = read(packed, hits, limit);
        var sources = sources(packed, history);
        return Optional.of(new Reading(prompt, packed, tokens, answer, read, sources));
      }
      budget = Math.max(0, Math.min(budget, packed.tokens()) - over - MARGIN);
      slow = false;
    }
    return Optional.empty();
  }

  /**
   * What the assistant sets, else what is usual; a long answer must not take the reading's room.
   */
  private static int answerTokens(
      WritingSettings settings, AssistantSettings assistant, int context) {
    var own = assistant.sampling().answerTokens();
    return Math.min(own == null ? settings.answerTokens() : own, context / 4);
  }

  /** One passage is read however slow the model is: without any there is no answer at all. */
  private static PackedContext packed(
      Generator generator, List<Hit> hits, List<NearbyPassage> nearby, int budget, int roomForOne) {
    var packed = ContextPacker.pack(hits, nearby, generator::countTokens, budget);
    if (!packed.stretches().isEmpty() || roomForOne == 0) {
      return packed;
    }
    var best = hits.getFirst();
    var only = nearby.stream().filter(it -> it.passageId().equals(best.passageId())).toList();
    return ContextPacker.pack(List.of(best), only, generator::countTokens, roomForOne);
  }

  private static long tokensInTime(Generator generator, WritingSettings settings) {
    double rate = generator.promptTokensPerSecond();
    return rate > 0
        ? (long) (rate * settings.firstTokenTarget().toMillis() / 1_000)
        : CAUTIOUS_TOKENS;
  }

  private static @Nullable Set<CollectionId> sources(PackedContext packed, History history) {
    var sources = new HashSet<CollectionId>();
    packed.stretches().forEach(stretch -> sources.add(stretch.best().collectionId()));
    for (var turn : history.turns()) {
      var own = turn.sources();
      if (own == null) {
        return null;
      }
      sources.addAll(own);
    }
    return sources;
  }

  private static AnswerRead read(PackedContext packed, List<Hit> hits, AnswerRead.Limit limit) {
    AnswerRead.@Nullable Limit limitedBy = packed.hits() == hits.size() ? null : limit;
    return new AnswerRead(
        packed.passages(), packed.tokens(), hits.size(), packed.hits(), limitedBy);
  }
}
