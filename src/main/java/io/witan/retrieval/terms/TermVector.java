package io.witan.retrieval.terms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Terms with their positions, as PostgreSQL's {@code tsvector}.
 *
 * @param literal the text form of the {@code tsvector}
 * @param length terms of the text, repeated ones counted each time
 */
public record TermVector(String literal, int length) {
  /** What a tsvector can hold: later positions and more per term are dropped by PostgreSQL. */
  private static final int MAX_POSITION = 16_383;

  private static final int MAX_POSITIONS_OF_A_TERM = 255;

  public static TermVector of(List<String> terms) {
    var positions = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < terms.size() && i < MAX_POSITION; i++) {
      var places = positions.computeIfAbsent(terms.get(i), term -> new ArrayList<>());
      if (places.size() < MAX_POSITIONS_OF_A_TERM) {
        places.add(i + 1);
      }
    }
    var literal =
        positions.entrySet().stream()
            .map(entry -> quote(entry.getKey()) + ":" + joined(entry.getValue()))
            .collect(Collectors.joining(" "));
    return new TermVector(literal, terms.size());
  }

  private static String joined(List<Integer> positions) {
    return positions.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String quote(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
