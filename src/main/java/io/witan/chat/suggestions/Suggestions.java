package io.witan.chat.suggestions;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionSummary;
import io.witan.identity.AccessScope;
import io.witan.retrieval.SourceDirectory;
import io.witan.retrieval.SourceDirectory.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Makes example questions for somebody who has not asked any. */
@Service
class Suggestions {
  private static final int COUNT = 3;
  private static final int SUBJECTS = 40;

  private final CollectionCatalogue catalogue;
  private final SourceDirectory directory;
  private final SampleQuestions sample;

  Suggestions(CollectionCatalogue catalogue, SourceDirectory directory, SampleQuestions sample) {
    this.catalogue = catalogue;
    this.directory = directory;
    this.sample = sample;
  }

  /**
   * At most three, from different collections where there are several.
   *
   * @param language "en" or "zh": how the questions are put
   */
  List<Suggestion> forPerson(AccessScope scope, String language) {
    Set<CollectionId> samples =
        catalogue.readable(scope).stream()
            .filter(CollectionSummary::sample)
            .map(CollectionSummary::id)
            .collect(Collectors.toSet());
    var subjects = directory.subjects(scope, SUBJECTS);
    boolean sampleSpeaksIt =
        subjects.stream()
            .anyMatch(s -> samples.contains(s.collectionId()) && s.language().equals(language));
    var suggestions = new ArrayList<Suggestion>();
    var asked = new HashSet<String>();
    for (var subject : subjects) {
      if (suggestions.size() == COUNT) {
        break;
      }
      var question =
          samples.contains(subject.collectionId())
              ? sampleQuestion(sampleSpeaksIt ? language : subject.language(), asked)
              : question(subject, language);
      if (!question.isEmpty() && asked.add(question)) {
        suggestions.add(new Suggestion(question, subject.collectionId().value()));
      }
    }
    return suggestions;
  }

  /** The next question that was not asked yet, or nothing. */
  private String sampleQuestion(String language, Set<String> asked) {
    return sample.in(language).stream().filter(q -> !asked.contains(q)).findFirst().orElse("");
  }

  private static String question(Subject subject, String language) {
    boolean chinese = language.equals("zh");
    var title = subject.title().strip();
    var heading = subject.heading().strip();
    if (heading.isEmpty() || heading.equalsIgnoreCase(title)) {
      return (chinese ? "“%s”讲了什么？" : "What is “%s” about?").formatted(title);
    }
    return (chinese ? "“%s”里关于“%s”是怎么说的？" : "What does “%s” say about “%s”?")
        .formatted(title, heading);
  }
}
