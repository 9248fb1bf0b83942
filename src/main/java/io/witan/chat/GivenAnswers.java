package io.witan.chat;

import io.witan.assistants.AssistantId;
import io.witan.assistants.AssistantSettings;
import io.witan.assistants.RetrievalSettings;
import io.witan.chat.quotes.QuoteWriter;
import io.witan.chat.writing.AnswerWriter;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.models.Embedders;
import io.witan.models.generation.Generator;
import io.witan.retrieval.SearchResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers from passages that somebody gives, with the chat's prompt, its reading of what a model
 * writes and its quotes, but without a database: for evaluations of the reading alone.
 */
public final class GivenAnswers {
  private static final AccessScope NOBODY_IN_PARTICULAR =
      AccessScope.of(new PersonId(new UUID(1, 1)), false);
  private static final AssistantSettings ASSISTANT =
      new AssistantSettings(
          new AssistantId(new UUID(1, 1)), 1, "", "", null, RetrievalSettings.DEFAULT);

  private final Answering answering;
  private final boolean quotesOnly;

  /**
   * @param generator that writes; null for quotes
   */
  public GivenAnswers(Embedders embedders, @Nullable Generator generator) {
    this.quotesOnly = generator == null;
    this.answering =
        new Answering(
            new QuoteWriter(embedders::forLanguage),
            (scope, textVersion, range) -> true,
            AnswerWriter.ofGiven(generator));
  }

  /**
   * Answers. A model reads all that was given and is asked in any case, for it is to refuse by
   * itself; quotes come of as many passages as the chat reads, and are refused by the search's
   * rule.
   *
   * @param found what was given, best first
   */
  public Answer ask(Question question, SearchResult found) {
    long started = System.nanoTime();
    int most = quotesOnly ? ASSISTANT.retrieval().passages() : found.hits().size();
    var hits = found.hits().subList(0, Math.min(most, found.hits().size()));
    var result = new SearchResult(hits, 1, !quotesOnly || found.answerable());
    var searched = new Searched(List.of(), 1, hits.size());
    var all = new Answering.Found(question.text(), result, List.of(), searched, started, started);
    return answering.answer(NOBODY_IN_PARTICULAR, question, ASSISTANT, all, AnswerListener.SILENT);
  }
}
