package io.witan.evaluation;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionStewardship;
import io.witan.catalogue.DocumentId;
import io.witan.chat.AnswerListener;
import io.witan.chat.Answers;
import io.witan.chat.Citation;
import io.witan.chat.Question;
import io.witan.evaluation.AskedQuestion.GivenText;
import io.witan.evaluation.QuestionReport.Both;
import io.witan.evaluation.RetrievalDataSet.CorpusText;
import io.witan.identity.AccessScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Measures search and reading together: the passages of a set are uploaded into one collection, and
 * its questions are asked there as people ask them.
 */
@Component
public class SearchedReading {
  private final CollectionStewardship collections;
  private final CorpusLoader loader;
  private final Answers answers;

  SearchedReading(CollectionStewardship collections, CorpusLoader loader, Answers answers) {
    this.collections = collections;
    this.loader = loader;
    this.answers = answers;
  }

  /** Who writes the next answers. */
  public interface Writers {
    /** Whether there is a model at all. */
    boolean hasModel();

    /** Lets the model write, or nobody, so that answers are quotes. */
    void model(boolean writes);
  }

  private record Loaded(CollectionId collection, Map<DocumentId, String> texts) {}

  /**
   * Asks all questions.
   *
   * @param progress told one line now and then
   */
  public QuestionReport evaluate(
      AccessScope scope, List<QuestionSet> sets, Writers writers, Consumer<String> progress)
      throws IOException, InterruptedException {
    var all = new ArrayList<Both>();
    for (var set : sets) {
      var loaded = load(scope, set, progress);
      var pace = new Pace(set, progress);
      for (var question : set.questions()) {
        writers.model(true);
        var model = writers.hasModel() ? judge(scope, question, loaded) : null;
        writers.model(false);
        all.add(new Both(set.name(), model, judge(scope, question, loaded)));
        pace.done();
      }
    }
    return QuestionReport.of(all);
  }

  private Loaded load(AccessScope scope, QuestionSet set, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<GivenText, String> ids = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    var corpus = new ArrayList<CorpusText>();
    for (var question : set.questions()) {
      for (var passage : question.passages()) {
        if (!passage.text().isBlank() && !ids.containsKey(passage)) {
          var id = "passage-" + (ids.size() + 1);
          ids.put(passage, id);
          texts.put(id, passage.text());
          corpus.add(new CorpusText(id, passage.title(), passage.text()));
        }
      }
    }
    progress.accept("loading %d passages of %s".formatted(corpus.size(), set.name()));
    var loaded = loader.load(scope, set.name(), corpus);
    // the data sets are public, and only the model that is measured is sent anything
    collections.change(scope, loaded.collection(), null, null, true);
    Map<DocumentId, String> documents = new LinkedHashMap<>();
    loaded
        .texts()
        .forEach(
            (document, same) -> documents.put(document, texts.getOrDefault(same.getFirst(), "")));
    return new Loaded(loaded.collection(), documents);
  }

  private Judgement judge(AccessScope scope, AskedQuestion question, Loaded loaded) {
    var earlier = question.earlier().stream().map(AskedQuestion.Exchange::question).toList();
    var turns =
        question.earlier().stream()
            .map(turn -> new Question.Turn(turn.question(), turn.answer(), Set.of()))
            .toList();
    var asked = new Question(question.text(), earlier, null, Set.of(loaded.collection()), turns, 0);
    var answer = answers.ask(scope, asked, AnswerListener.SILENT);
    return Judgement.of(question, Reply.of(answer, it -> passage(loaded, it)));
  }

  private static String passage(Loaded loaded, Citation citation) {
    return loaded.texts().getOrDefault(new DocumentId(citation.documentId()), "");
  }
}
