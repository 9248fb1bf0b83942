package io.witan.chat.quotes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Joins picked units that stand next to each other in the source to one quote. */
final class Joining {
  /** White space between paragraphs, not more. */
  private static final int WIDEST_GAP = 4;

  private Joining() {}

  /** Units that belong together, each group in the order of the source, groups as picked. */
  static List<List<Candidate>> groups(List<Candidate> picked) {
    var groups = new ArrayList<List<Candidate>>();
    for (var candidate : picked) {
      var home = groups.stream().filter(group -> touches(group, candidate)).findFirst();
      if (home.isPresent()) {
        home.get().add(candidate);
        home.get().sort(Comparator.comparingInt(Candidate::start));
      } else {
        groups.add(new ArrayList<>(List.of(candidate)));
      }
    }
    return groups;
  }

  static List<Quote> quotes(List<Candidate> picked) {
    return groups(picked).stream().map(Joining::quote).toList();
  }

  private static boolean touches(List<Candidate> group, Candidate candidate) {
    return adjacent(group.getLast(), candidate) || adjacent(candidate, group.getFirst());
  }

  /** Both units are of one passage, alike in kind, and only white space stands between them. */
  private static boolean adjacent(Candidate before, Candidate after) {
    return before.hit().passageId().equals(after.hit().passageId())
        && isRow(before) == isRow(after)
        && before.unit().end() <= after.unit().start()
        && after.unit().start() - before.unit().end() <= WIDEST_GAP
        && before.hit().text().substring(before.unit().end(), after.unit().start()).isBlank();
  }

  private static Quote quote(List<Candidate> group) {
    var first = group.getFirst();
    var hit = first.hit();
    var ranges = new ArrayList<Quote.Range>();
    int start = first.unit().start();
    int end = group.getLast().unit().end();
    if (first.unit().hasLead()) {
      var lead = first.unit();
      boolean next = hit.text().substring(lead.leadEnd(), start).isBlank();
      if (next) {
        start = lead.leadStart();
      } else {
        ranges.add(range(first, lead.leadStart(), lead.leadEnd()));
      }
    }
    ranges.add(range(first, start, end));
    double score = group.stream().mapToDouble(Candidate::score).max().orElse(0);
    return new Quote(hit, ranges, isRow(first), score);
  }

  private static boolean isRow(Candidate candidate) {
    return candidate.unit().kind() == TextUnit.Kind.TABLE_ROW;
  }

  private static Quote.Range range(Candidate candidate, int start, int end) {
    var hit = candidate.hit();
    return new Quote.Range(
        hit.start() + start, hit.start() + end, hit.text().substring(start, end));
  }
}
