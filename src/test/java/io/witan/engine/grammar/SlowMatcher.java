package io.witan.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Says by trying everything which ends of a text an expression may reach: slow, and written without
 * regard to how masks are made. Knows characters, not bytes.
 */
final class SlowMatcher {
  private final Grammar grammar;
  private final int[] text;
  private boolean ranOut;

  private SlowMatcher(Grammar grammar, String text) {
    this.grammar = grammar;
    this.text = text.codePoints().toArray();
  }

  static boolean isWhole(Grammar grammar, String text) {
    var matcher = new SlowMatcher(grammar, text);
    return matcher.ends(new Expression.Reference(grammar.root()), 0).contains(matcher.text.length);
  }

  /** Whether a whole text begins so; every rule of the grammar must have an end. */
  static boolean isBeginning(Grammar grammar, String text) {
    var matcher = new SlowMatcher(grammar, text);
    var ends = matcher.ends(new Expression.Reference(grammar.root()), 0);
    return matcher.ranOut || ends.contains(matcher.text.length);
  }

  static boolean isBeginning(Grammar grammar, byte[] text) {
    return isBeginning(grammar, new String(text, StandardCharsets.UTF_8));
  }

  private Set<Integer> ends(Expression expression, int from) {
    var ends = new HashSet<Integer>();
    switch (expression) {
      case Expression.Text literal -> {
        int at = from;
        for (int point : literal.value().codePoints().toArray()) {
          if (at == text.length) {
            ranOut = true;
            return ends;
          }
          if (text[at++] != point) {
            return ends;
          }
        }
        ends.add(at);
      }
      case Expression.Characters characters -> {
        if (from == text.length) {
          ranOut = true;
        } else if (characters.set().contains(text[from])) {
          ends.add(from + 1);
        }
      }
      case Expression.Bytes bytes -> throw new IllegalArgumentException("knows characters only");
      case Expression.Sequence sequence -> {
        ends.add(from);
        for (var part : sequence.parts()) {
          var next = new HashSet<Integer>();
          ends.forEach(at -> next.addAll(ends(part, at)));
          ends.clear();
          ends.addAll(next);
        }
      }
      case Expression.Choice choice ->
          choice.options().forEach(option -> ends.addAll(ends(option, from)));
      case Expression.Reference reference -> {
        var rule = grammar.rules().get(reference.rule());
        if (rule != null) {
          ends.addAll(ends(rule, from));
        }
      }
      case Expression.Repeat repeat -> {
        var reached = Set.of(from);
        int most = repeat.most() < 0 ? repeat.least() + text.length + 1 : repeat.most();
        for (int count = 0; count <= most && !reached.isEmpty(); count++) {
          if (count >= repeat.least()) {
            ends.addAll(reached);
          }
          var next = new HashSet<Integer>();
          if (count < most) {
            reached.forEach(at -> next.addAll(ends(repeat.part(), at)));
          }
          reached = next;
        }
      }
    }
    return ends;
  }
}
