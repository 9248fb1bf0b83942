package io.witan.chat;

import io.witan.assistants.AssistantSettings;
import io.witan.chat.AnswerEvent.Stage;
import io.witan.chat.quotes.Quote;
import io.witan.chat.quotes.QuoteWriter;
import io.witan.chat.writing.AnswerWriter;
import io.witan.chat.writing.Written;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Hit;
import io.witan.retrieval.SearchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an answer of what was found: as a model writes it, or with quotes. */
record Answering(QuoteWriter quotes, SourceCheck check, AnswerWriter writer) {
  private static final int NEAREST = 3;

  /**
   * What the answer is to be made of.
   *
   * @param query what was searched for
   * @param started when the question came, as {@link System#nanoTime()}
   */
  record Found(
      String query,
      SearchResult result,
      List<Passage> passages,
      Searched searched,
      long started,
      long found) {
    Found {
      passages = List.copyOf(passages);
    }
  }

  Answer answer(
      AccessScope scope,
      Question question,
      AssistantSettings assistant,
      Found found,
      AnswerListener listener) {
    var hits = found.result().hits();
    int collections = found.searched().collectionCount();
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
      if (model.writing().model().showsQuotes()) {
        showQuotes(written, listener);
      }
    }
    boolean abstained = written.blocks.isEmpty() && !stopped;
    long now = System.nanoTime();
    return new Answer(
        abstained ? AnswerMode.ABSTAINED : mode,
        stopped,
        written.blocks,
        written.citations,
        found.searched(),
        abstained ? nearest(found.passages()) : List.of(),
        new Timing(
            millis(found.started(), found.found()),
            millis(found.found(), now),
            millis(found.started(), now)),
        found.query(),
        assistant,
        hits,
        model == null ? null : model.writing(),
        model == null ? null : model.end(),
        written.remote);
  }

  /**
   * The words that a written answer rests on, below it, as quotes with citations of their own: a
   * citation belongs to one block.
   */
  private static void showQuotes(AnswerSoFar written, AnswerListener listener) {
    var shown = new HashSet<String>();
    for (var citation : List.copyOf(written.citations)) {
      if (!citation.quote().isBlank() && shown.add(citation.quote())) {
        var own = citation.withNumber(written.citations.size() + 1);
        var text = Quote.asMarkdown(citation.quote());
        var block = new AnswerBlock(AnswerBlock.Kind.QUOTE, text, List.of(own.number()));
        int place = written.blocks.size();
        written.blocks.add(block);
        written.citations.add(own);
        listener.on(new AnswerEvent.BlockWritten(place, block, List.of(own)));
      }
    }
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
