package io.witan.chat;

import io.witan.assistants.AssistantSettings;
import io.witan.assistants.Assistants;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.chat.AnswerEvent.Stage;
import io.witan.chat.quotes.Quote;
import io.witan.chat.quotes.QuoteWriter;
import io.witan.chat.writing.AnswerWriter;
import io.witan.chat.writing.Written;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Hit;
import io.witan.retrieval.Retriever;
import io.witan.retrieval.SearchRequest;
import io.witan.retrieval.SearchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers questions from what the asking person may read; stores nothing. */
@Service
public class Answers {
  private static final int NEAREST = 3;

  private final Assistants assistants;
  private final CollectionCatalogue catalogue;
  private final Retriever retriever;
  private final QuoteWriter quotes;
  private final CitationCheck check;
  private final AnswerWriter writer;

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
    this.quotes = quotes;
    this.check = check;
    this.writer = writer;
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
    var written = new AnswerSoFar();
    boolean answerable = found.result().answerable() && !hits.isEmpty();
    if (answerable && !listener.isStopped()) {
      var outcome = writer.write(scope, question, assistant, hits, collections, listener);
      written.model = outcome.written();
      written.remote = outcome.remote();
      if (written.needsQuotes() && !listener.isStopped()) {
        listener.on(new AnswerEvent.Progress(Stage.WRITING, collections, hits.size()));
        quote(scope, found.query(), hits, assistant, written, listener);
      }
    }
    boolean stopped = listener.isStopped();
    var model = written.model;
    var mode = written.isModels() ? AnswerMode.WRITTEN : AnswerMode.QUOTE;
    if (model != null) {
      written.blocks.addAll(model.blocks());
      written.citations.addAll(model.citations());
    }
    boolean abstained = written.blocks.isEmpty() && !stopped;
    long now = System.nanoTime();
    return new Answer(
        abstained ? AnswerMode.ABSTAINED : mode,
        stopped,
        written.blocks,
        written.citations,
        searchable.searched(hits.size()),
        abstained ? nearest(passages) : List.of(),
        new Timing(millis(started, searched), millis(searched, now), millis(started, now)),
        found.query(),
        assistant,
        hits,
        model == null ? null : model.writing(),
        model == null ? null : model.end(),
        written.remote);
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

  /** What an answer has so far. */
  private static final class AnswerSoFar {
    private final List<AnswerBlock> blocks = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private @Nullable Written model;
    private @Nullable AnswerRemote remote;

    /** Whether the model's words are the answer, and not what it failed to support. */
    private boolean isModels() {
      return model != null && !model.blocks().isEmpty();
    }

    /**
     * The search found an answer: a model that writes nothing with evidence does not hide it, nor
     * one that was not given all passages.
     */
    private boolean needsQuotes() {
      boolean gaps = remote != null && remote.withheld() > 0;
      return model == null || (model.blocks().isEmpty() && (gaps || !model.absent()));
    }
  }

  private void quote(
      AccessScope scope,
      String query,
      List<Hit> hits,
      AssistantSettings assistant,
      AnswerSoFar written,
      AnswerListener listener) {
    int sentences = assistant.retrieval().answerSentences();
    var holding =
        quotes.write(query, hits, sentences).stream().filter(quote -> holds(scope, quote)).toList();
    int introductions = holding.size();
    for (int place = 0; place < holding.size() && !listener.isStopped(); place++) {
      var quote = holding.get(place);
      var citations = citations(quote, place + 1, introductions + 1);
      introductions += citations.size() - 1;
      var numbers = citations.stream().map(Citation::number).toList();
      var block = new AnswerBlock(AnswerBlock.Kind.QUOTE, quote.markdown(), numbers);
      written.blocks.add(block);
      written.citations.addAll(citations);
      listener.on(new AnswerEvent.BlockWritten(place, block, citations));
    }
    written.citations.sort(Comparator.comparingInt(Citation::number));
  }

  private boolean holds(AccessScope scope, Quote quote) {
    return quote.ranges().stream()
        .allMatch(range -> check.holds(scope, quote.hit().textVersionId(), range));
  }

  /**
   * The citations of a quote, what it says first: it has the number of the quote's place, and what
   * only introduces it, such as the head of its table, comes after all quotes.
   */
  private static List<Citation> citations(Quote quote, int number, int nextIntroduction) {
    var ranges = quote.ranges();
    var citations = new ArrayList<Citation>();
    citations.add(citation(quote.hit(), ranges.getLast(), number));
    for (var range : ranges.subList(0, ranges.size() - 1)) {
      citations.add(citation(quote.hit(), range, nextIntroduction + citations.size() - 1));
    }
    return citations;
  }

  private static Citation citation(Hit hit, Quote.Range range, int number) {
    return new Citation(
        number,
        hit.documentId().value(),
        hit.textVersionId().value(),
        hit.collectionId().value(),
        hit.title(),
        hit.headingPath(),
        hit.page(),
        hit.revision(),
        hit.uploadedAt(),
        range.start(),
        range.end(),
        range.text(),
        new CitationRanks(hit.rank(), hit.ranks().byMeaning(), hit.ranks().byWords()),
        false);
  }

  private static List<Passage> nearest(List<Passage> passages) {
    return passages.subList(0, Math.min(NEAREST, passages.size()));
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }
}
