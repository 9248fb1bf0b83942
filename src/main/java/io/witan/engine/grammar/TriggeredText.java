package io.witan.engine.grammar;

import io.witan.engine.grammar.Expression.Bytes;
import io.witan.engine.grammar.Expression.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the rules of texts that are free until one of some beginnings comes, after which something
 * must follow (an automaton of Aho and Corasick, 1975, as rules). For one grammar.
 */
final class TriggeredText {
  private static final String BLANKS = " \t\r\n";

  /**
   * Bytes that begin something.
   *
   * @param rest what must follow them; the same for all that share a beginning with it
   */
  record Trigger(byte[] bytes, Reference rest) {}

  /** A place in the triggers. */
  private static final class Node {
    private final int number;
    private final Map<Integer, Node> next = new LinkedHashMap<>();
    private Reference rest = NONE;
    private Node fallback = this;

    private Node(int number) {
      this.number = number;
    }
  }

  private static final Reference NONE = new Reference("");
  private static final String FREE = "free";

  private final boolean anywhere;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * @param anywhere whether triggers count wherever they come; else only at the beginning, after
   *     blanks
   */
  TriggeredText(List<Trigger> triggers, boolean anywhere) {
    this.anywhere = anywhere;
    nodes.add(new Node(0));
    for (var trigger : triggers) {
      var node = nodes.getFirst();
      for (byte each : trigger.bytes) {
        node = node.next.computeIfAbsent(each & 0xFF, fresh -> added());
      }
      node.rest = trigger.rest;
    }
    if (anywhere) {
      findFallbacks();
    }
  }

  private Node added() {
    var node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  private void findFallbacks() {
    var root = nodes.getFirst();
    var open = new ArrayDeque<Node>();
    root.next.values().forEach(child -> child.fallback = root);
    open.addAll(root.next.values());
    while (!open.isEmpty()) {
      var node = open.remove();
      node.next.forEach(
          (symbol, child) -> {
            child.fallback = after(node.fallback, symbol);
            open.add(child);
          });
    }
  }

  private Node after(Node from, int symbol) {
    var node = from;
    while (!node.next.containsKey(symbol) && node != nodes.getFirst()) {
      node = node.fallback;
    }
    return node.next.getOrDefault(symbol, nodes.getFirst());
  }

  /** Adds its rules; gives the one of a whole text. */
  Reference addTo(Map<String, Expression> rules) {
    var all = new BitSet(256);
    all.set(0, 256);
    rules.put(FREE, new Expression.Repeat(new Bytes(all), 0, -1));
    for (var node : nodes) {
      if (node.rest.equals(NONE)) {
        rules.put(name(node), rule(node));
      }
    }
    return new Reference(name(nodes.getFirst()));
  }

  private static String name(Node node) {
    return FREE + " " + node.number;
  }

  private Expression rule(Node node) {
    var targets = new LinkedHashMap<Reference, BitSet>();
    for (int symbol = 0; symbol < 256; symbol++) {
      targets.computeIfAbsent(target(node, symbol), fresh -> new BitSet(256)).set(symbol);
    }
    var options = new ArrayList<Expression>();
    options.add(Expression.EMPTY);
    targets.forEach(
        (target, symbols) -> options.add(Expression.sequence(new Bytes(symbols), target)));
    return Expression.choice(options);
  }

  private Reference target(Node node, int symbol) {
    if (!anywhere && !node.next.containsKey(symbol)) {
      boolean leads = node == nodes.getFirst() && BLANKS.indexOf(symbol) >= 0;
      return new Reference(leads ? name(node) : FREE);
    }
    var next = after(node, symbol);
    return next.rest.equals(NONE) ? new Reference(name(next)) : next.rest;
  }
}
