package io.witan.chat.quotes;

import io.witan.retrieval.packing.NearbyPassage;
import io.witan.retrieval.packing.Stretch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the words of a source that a written statement rests on: the sentence, list or row that
 * holds most of the statement's words, each weighted by how rare it is in the stretch, and the one
 * beside it if that holds more of them.
 */
public final class SupportingText {
  /** A figure says more than a word. */
  private static final double FIGURE = 2;

  /** A neighbour must hold this much of the statement that the best unit does not. */
  private static final double WORTH_ADDING = 0.2;

  private static final int LONGEST = 900;
  private static final int OPENING = 300;

  private SupportingText() {}

  /** A place in a source. */
  public record Place(NearbyPassage passage, Quote.Range range) {}

  private record Part(NearbyPassage passage, TextUnit unit, Set<String> terms) {
    int length() {
      return unit.end() - unit.start();
    }
  }

  /**
   * The place that best supports a statement; where no word is shared (another language), the first
   * words of the best passage.
   */
  public static Place find(String statement, Stretch stretch) {
    var parts = parts(stretch);
    var weights = weights(Terms.of(statement), parts);
    var best =
        parts.stream()
            .max(java.util.Comparator.comparingDouble(part -> score(part, weights)))
            .filter(part -> score(part, weights) > 0);
    return best.map(part -> place(part.passage(), widened(part, parts, weights)))
        .orElseGet(() -> opening(stretch, parts));
  }

  private static List<Part> parts(Stretch stretch) {
    var parts = new ArrayList<Part>();
    for (var passage : stretch.passages()) {
      for (var unit : TextUnits.of(passage.text(), passage.language(), passage.headingPath())) {
        if (unit.kind() != TextUnit.Kind.HEADING) {
          var terms = Terms.of(passage.text().substring(unit.start(), unit.end()));
          parts.add(new Part(passage, unit, terms));
        }
      }
    }
    return parts;
  }

  private static Map<String, Double> weights(Set<String> asked, List<Part> parts) {
    var weights = new HashMap<String, Double>();
    for (var term : asked) {
      long holders = parts.stream().filter(part -> part.terms().contains(term)).count();
      if (holders > 0) {
        double rare = Math.log(1 + (parts.size() - holders + 0.5) / (holders + 0.5)) + 0.1;
        weights.put(term, Character.isDigit(term.charAt(0)) ? FIGURE * rare : rare);
      }
    }
    return weights;
  }

  private static double held(Set<String> terms, Map<String, Double> weights) {
    return weights.entrySet().stream()
        .filter(entry -> terms.contains(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** Of two that hold the same, the shorter: a whole list says less exactly where. */
  private static double score(Part part, Map<String, Double> weights) {
    return held(part.terms(), weights) * (1 - Math.min(0.3, part.length() / 3_000.0));
  }

  private static TextUnit widened(Part best, List<Part> parts, Map<String, Double> weights) {
    double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    TextUnit wide = best.unit();
    double most = WORTH_ADDING * all;
    for (var other : parts) {
      boolean beside = other.passage().equals(best.passage()) && beside(best, other);
      if (beside && best.length() + other.length() <= LONGEST) {
        var terms = new HashSet<>(other.terms());
        terms.removeAll(best.terms());
        double more = held(terms, weights);
        if (more >= most) {
          most = more;
          int start = Math.min(best.unit().start(), other.unit().start());
          int end = Math.max(best.unit().end(), other.unit().end());
          wide = TextUnit.of(TextUnit.Kind.SENTENCE, start, end);
        }
      }
    }
    return wide;
  }

  private static boolean beside(Part best, Part other) {
    var text = best.passage().text();
    var one = best.unit();
    var two = other.unit();
    return one.end() <= two.start()
        ? text.substring(one.end(), two.start()).isBlank()
        : two.end() <= one.start() && text.substring(two.end(), one.start()).isBlank();
  }

  private static Place opening(Stretch stretch, List<Part> parts) {
    var best = stretch.best().passageId();
    Optional<Part> first =
        parts.stream().filter(part -> part.passage().passageId().equals(best)).findFirst();
    if (first.isPresent()) {
      return place(first.get().passage(), first.get().unit());
    }
    var passage =
        stretch.passages().stream()
            .filter(it -> it.passageId().equals(best))
            .findFirst()
            .orElse(stretch.passages().getFirst());
    int end = Math.min(OPENING, passage.text().length());
    boolean splits = end > 1 && Character.isHighSurrogate(passage.text().charAt(end - 1));
    return place(passage, TextUnit.of(TextUnit.Kind.SENTENCE, 0, splits ? end - 1 : end));
  }

  private static Place place(NearbyPassage passage, TextUnit unit) {
    int start = passage.start() + unit.start();
    var quote = passage.text().substring(unit.start(), unit.end());
    return new Place(passage, new Quote.Range(start, start + quote.length(), quote));
  }
}
