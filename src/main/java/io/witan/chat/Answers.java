package io.witan.chat;

import io.witan.assistants.AssistantSettings;
import io.witan.assistants.Assistants;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.chat.AnswerEvent.Stage;
import io.witan.chat.quotes.QuoteWriter;
import io.witan.chat.writing.AnswerWriter;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import io.witan.retrieval.SearchResult;
import java.util.List;
import org.springframework.stereotype.Service;

/** Answers questions from what the asking person may read; stores nothing. */
@Service
public class Answers {
  private final Assistants assistants;
  private final CollectionCatalogue catalogue;
  private final Retriever retriever;
  private final Answering answering;

  Answers(
      Assistants assistants,
      CollectionCatalogue catalogue,
      Retriever retriever,
      QuoteWriter quotes,
      CitationCheck check,
      AnswerWriter writer) {
    this.assistants = assistants;
    this.catalogue = catalogue;
    this.retriever = retriever;
    this.answering = new Answering(quotes, check, writer);
  }

  private record Found(String query, SearchResult result) {}

  /**
   * Answers as the active model writes it, with quotes where there is none, or says that the
   * searched documents do not contain it.
   *
   * @param listener told of each step on the calling thread; what it throws ends the answer
   * @throws io.witan.assistants.AssistantNotFound if the question names an assistant that is not
   *     there
   */
  public Answer ask(AccessScope scope, Question question, AnswerListener listener) {
    return ask(scope, question, assistants.settings(scope, question.assistant()), listener);
  }

  /** As above, by an assistant with these settings, whichever the question names. */
  public Answer ask(
      AccessScope scope, Question question, AssistantSettings assistant, AnswerListener listener) {
    long started = System.nanoTime();
    var searchable =
        SearchScope.of(catalogue.readable(scope), assistant.within(), question.within());
    int collections = searchable.collections().size();
    listener.on(new AnswerEvent.Progress(Stage.SEARCHING, collections, 0));
    var found = search(scope, question, assistant, searchable);
    var hits = found.result().hits();
    long searched = System.nanoTime();
    listener.on(new AnswerEvent.Progress(Stage.READING, collections, hits.size()));
    var passages =
        hits.stream()
            .map(hit -> Passage.of(hit, searchable.name(hit.collectionId()).orElse("")))
            .toList();
    listener.on(new AnswerEvent.PassagesFound(passages));
    var all =
        new Answering.Found(
            found.query(),
            found.result(),
            passages,
            searchable.searched(hits.size()),
            started,
            searched);
    return answering.answer(scope, question, assistant, all, listener);
  }

  private Found search(
      AccessScope scope, Question question, AssistantSettings assistant, SearchScope searchable) {
    Found first = null;
    for (var query : FollowUp.queries(question.earlier(), question.text())) {
      var request =
          new SearchRequest(
              query,
              searchable.ids(),
              assistant.retrieval().passages(),
              assistant.retrieval().semanticWeight());
      var found = new Found(query, retriever.search(scope, request));
      if (found.result().answerable()) {
        return found;
      }
      first = first == null ? found : first;
    }
    return first == null
        ? new Found(question.text(), new SearchResult(List.of(), 0, false))
        : first;
  }
}
