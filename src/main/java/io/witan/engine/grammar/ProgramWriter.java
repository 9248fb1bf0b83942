package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import io.witan.engine.grammar.Expression.Bytes;
import io.witan.engine.grammar.Expression.Characters;
import io.witan.engine.grammar.Expression.Choice;
import io.witan.engine.grammar.Expression.Reference;
import io.witan.engine.grammar.Expression.Repeat;
import io.witan.engine.grammar.Expression.Sequence;
import io.witan.engine.grammar.Expression.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the characters of a grammar into bytes of UTF-8 and its expressions into rules. */
final class ProgramWriter {
  private static final int MOST_ITEMS = 500_000;

  /** One item of an alternative. */
  private record Item(byte kind, int argument, int least, int most) {}

  private static final Item END = new Item(Program.END, 0, 1, 1);

  private final Grammar grammar;
  private final List<List<List<Item>>> rules = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<CharacterSet, List<Item>> characters = new HashMap<>();
  private final Map<BitSet, Integer> sets = new HashMap<>();
  private final List<BitSet> setList = new ArrayList<>();
  private int items;

  private ProgramWriter(Grammar grammar) {
    this.grammar = grammar;
  }

  static Program write(Grammar grammar) {
    var writer = new ProgramWriter(grammar);
    grammar.rules().keySet().forEach(name -> writer.numbers.put(name, writer.newRule(name)));
    grammar
        .rules()
        .forEach(
            (name, expression) ->
                writer.fill(writer.numbers.getOrDefault(name, 0), expression, name));
    var program = writer.program();
    new ProgramChecks(program, writer.names).check();
    return program;
  }

  private int newRule(String name) {
    rules.add(new ArrayList<>());
    names.add(name);
    return rules.size() - 1;
  }

  private void fill(int rule, Expression expression, String name) {
    var options = expression instanceof Choice choice ? choice.options() : List.of(expression);
    for (var option : options) {
      var alternative = new ArrayList<Item>();
      add(option, alternative, name);
      alternative.add(END);
      rules.get(rule).add(alternative);
    }
  }

  private int ruleOf(Expression expression, String name) {
    if (expression instanceof Reference reference) {
      return number(reference);
    }
    int rule = newRule(name);
    fill(rule, expression, name);
    return rule;
  }

  private int number(Reference reference) {
    var number = numbers.get(reference.rule());
    if (number == null) {
      throw new EngineException.InvalidGrammar(
          "the grammar has no rule “%s”".formatted(reference.rule()));
    }
    return number;
  }

  private void add(Expression expression, List<Item> items, String name) {
    if (++this.items > MOST_ITEMS) {
      throw new EngineException.InvalidGrammar("the grammar is too large");
    }
    switch (expression) {
      case Text text -> {
        for (byte each : text.value().getBytes(StandardCharsets.UTF_8)) {
          items.add(bytes(each & 0xFF, each & 0xFF));
          this.items++;
        }
      }
      case Bytes some -> items.add(bytes(some.set()));
      case Characters set -> items.addAll(characters(set.set(), name));
      case Sequence sequence -> sequence.parts().forEach(part -> add(part, items, name));
      case Choice choice -> items.add(new Item(Program.RULE, ruleOf(choice, name), 1, 1));
      case Reference reference -> items.add(new Item(Program.RULE, number(reference), 1, 1));
      case Repeat repeat -> {
        if (repeat.most() != 0) {
          int rule = ruleOf(repeat.part(), name);
          items.add(new Item(Program.REPEAT, rule, repeat.least(), repeat.most()));
        }
      }
    }
  }

  private Item bytes(int first, int last) {
    var set = new BitSet(256);
    set.set(first, last + 1);
    return bytes(set);
  }

  private Item bytes(BitSet set) {
    int number =
        sets.computeIfAbsent(
            set,
            fresh -> {
              setList.add(fresh);
              return setList.size() - 1;
            });
    return new Item(Program.BYTES, number, 1, 1);
  }

  private List<Item> characters(CharacterSet set, String name) {
    var known = characters.get(set);
    if (known == null) {
      var alternatives = new ArrayList<List<Item>>();
      var single = new BitSet(256);
      for (var range : set.ranges()) {
        if (range.first() < 0x80) {
          single.set(range.first(), Math.min(range.last(), 0x7F) + 1);
        }
        Utf8Ranges.split(range, (low, high) -> alternatives.add(alternative(low, high)));
      }
      if (!single.isEmpty()) {
        alternatives.addFirst(List.of(bytes(single)));
      }
      known =
          alternatives.size() == 1 ? alternatives.getFirst() : List.of(either(alternatives, name));
      characters.put(set, known);
    }
    return known;
  }

  private Item either(List<List<Item>> alternatives, String name) {
    int rule = newRule(name);
    for (var alternative : alternatives) {
      var ended = new ArrayList<>(alternative);
      ended.add(END);
      rules.get(rule).add(ended);
    }
    return new Item(Program.RULE, rule, 1, 1);
  }

  private List<Item> alternative(byte[] low, byte[] high) {
    var sequence = new ArrayList<Item>();
    for (int i = 0; i < low.length; i++) {
      sequence.add(bytes(low[i] & 0xFF, high[i] & 0xFF));
    }
    return sequence;
  }

  private Program program() {
    int size = rules.stream().flatMap(List::stream).mapToInt(List::size).sum();
    byte[] kinds = new byte[size];
    int[] arguments = new int[size];
    int[] least = new int[size];
    int[] most = new int[size];
    int[][] starts = new int[rules.size()][];
    int at = 0;
    for (int rule = 0; rule < starts.length; rule++) {
      starts[rule] = new int[rules.get(rule).size()];
      for (int i = 0; i < starts[rule].length; i++) {
        starts[rule][i] = at;
        for (var item : rules.get(rule).get(i)) {
          kinds[at] = item.kind;
          arguments[at] = item.argument;
          least[at] = item.least;
          most[at++] = item.most;
        }
      }
    }
    int root = number(new Reference(grammar.root()));
    return new Program(kinds, arguments, least, most, starts, List.copyOf(setList), root);
  }
}
