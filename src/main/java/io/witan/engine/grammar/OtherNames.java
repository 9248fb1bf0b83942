package io.witan.engine.grammar;

import static io.witan.engine.grammar.Expression.sequence;
import static io.witan.engine.grammar.Expression.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Names of members other than some, spelled without escapes so that none hides in one. */
final class OtherNames {
  private static final CharacterSet PLAIN =
      CharacterSet.of(0x20, CharacterSet.LAST).without(CharacterSet.of("\"\\"));

  private OtherNames() {}

  /** In quotes. */
  static Expression than(Collection<String> names) {
    var points = names.stream().map(name -> name.codePoints().boxed().toList()).toList();
    return sequence(text("\""), after(points), text("\""));
  }

  /** What may follow a beginning that these have in common. */
  private static Expression after(List<List<Integer>> names) {
    var groups = new TreeMap<Integer, List<List<Integer>>>();
    boolean taken = false;
    for (var name : names) {
      if (name.isEmpty()) {
        taken = true;
      } else {
        groups
            .computeIfAbsent(name.getFirst(), first -> new ArrayList<>())
            .add(name.subList(1, name.size()));
      }
    }
    var options = new ArrayList<Expression>();
    var others = PLAIN;
    for (var group : groups.entrySet()) {
      int point = group.getKey();
      if (PLAIN.contains(point)) {
        others = others.without(CharacterSet.of(point, point));
        options.add(sequence(text(Character.toString(point)), after(group.getValue())));
      }
    }
    var rest = new Expression.Repeat(new Expression.Characters(PLAIN), 0, -1);
    options.add(sequence(new Expression.Characters(others), rest));
    if (!taken) {
      options.add(Expression.EMPTY);
    }
    return Expression.choice(options);
  }
}
