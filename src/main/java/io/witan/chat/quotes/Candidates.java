package io.witan.chat.quotes;

import io.witan.retrieval.Hit;
import io.witan.retrieval.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts the hits of a search into units and weighs the question's words in each. */
final class Candidates {
  /** A word of the heading or title above a unit counts this much of one in the unit itself. */
  private static final double ABOVE = 0.6;

  /** A question for a quantity is better answered by a unit with a figure. */
  private static final double FIGURE = 0.1;

  private static final Pattern QUANTITY_ASKED =
      Pattern.compile(
          "\\bhow (?:many|much|long|old|far|often|big|large|heavy|fast)\\b|\\bwhen\\b|\\bwhat (?:time|year|date)\\b"
              + "|\\bprice\\b|\\bcosts?\\b|多少|几|幾|多久|多长|多長|何时|何時|什么时候|什麼時候|价格|價格",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FIGURE_THERE = Pattern.compile("\\d|[一二三四五六七八九十百千万两]+[年月日天个元次小分]");

  /**
   * The same document often exists in both languages; who asks in one of them reads that one.
   * Vectors of different languages come from different embedders and cannot be compared.
   */
  private static final double OTHER_LANGUAGE = 0.5;

  private static final int SHORTEST = 12;
  private static final int SHORTEST_CHINESE = 5;

  private Candidates() {}

  private record Part(Hit hit, TextUnit unit, Set<String> own, Set<String> above, String text) {
    boolean holds(String term) {
      return own.contains(term) || above.contains(term);
    }
  }

  static List<Candidate> of(String question, List<Hit> hits) {
    var asked = Terms.ofQuestion(question);
    var parts = parts(hits);
    var weights = weights(asked, parts);
    double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    boolean quantity = QUANTITY_ASKED.matcher(question).find();
    double best = hits.stream().mapToDouble(hit -> hit.signals().fused()).max().orElse(0);
    var language = Language.ofQuery(question);
    var candidates = new ArrayList<Candidate>();
    for (var part : parts) {
      double words = all == 0 ? 0 : held(part, weights) / all;
      if (quantity && FIGURE_THERE.matcher(part.text()).find()) {
        words += FIGURE;
      }
      boolean other = !part.hit().language().equals(language);
      candidates.add(
          new Candidate(
              part.hit(),
              part.unit(),
              part.own(),
              words,
              standing(part.hit(), best),
              other ? OTHER_LANGUAGE : 1));
    }
    return candidates;
  }

  private static double held(Part part, Map<String, Double> weights) {
    double sum = 0;
    for (var entry : weights.entrySet()) {
      if (part.own().contains(entry.getKey())) {
        sum += entry.getValue();
      } else if (part.above().contains(entry.getKey())) {
        sum += ABOVE * entry.getValue();
      }
    }
    return sum;
  }

  /** Fused scores of different searches differ in scale, so only their proportion is used. */
  private static double standing(Hit hit, double best) {
    return best > 0 ? Math.max(0, hit.signals().fused() / best) : 0;
  }

  private static List<Part> parts(List<Hit> hits) {
    var parts = new ArrayList<Part>();
    var seen = new HashSet<String>();
    for (var hit : hits) {
      var above = Terms.of(hit.title() + " " + hit.headingPath());
      for (var unit : TextUnits.of(hit.text(), hit.language(), hit.headingPath())) {
        var text = hit.text().substring(unit.start(), unit.end());
        if (isQuotable(unit, text, hit) && seen.add(text)) {
          var own = new HashSet<>(Terms.of(text));
          var aboveUnit = new HashSet<>(above);
          aboveUnit.addAll(Terms.of(hit.text().substring(unit.leadStart(), unit.leadEnd())));
          parts.add(new Part(hit, unit, own, aboveUnit, text));
        }
      }
    }
    return parts;
  }

  private static boolean isQuotable(TextUnit unit, String text, Hit hit) {
    int shortest = hit.language().equals("zh") ? SHORTEST_CHINESE : SHORTEST;
    boolean introduction = text.endsWith(":") || text.endsWith("：");
    return unit.kind() != TextUnit.Kind.HEADING && text.length() >= shortest && !introduction;
  }

  /** Inverse document frequency over the units; words that no unit holds say nothing. */
  private static Map<String, Double> weights(Set<String> asked, List<Part> parts) {
    var weights = new HashMap<String, Double>();
    for (var term : asked) {
      long holders = parts.stream().filter(part -> part.holds(term)).count();
      if (holders > 0) {
        weights.put(term, Math.log(1 + (parts.size() - holders + 0.5) / (holders + 0.5)) + 0.1);
      }
    }
    return weights;
  }
}
