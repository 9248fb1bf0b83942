package io.witan.engine.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait. Owners take turns, each with its own requests in the order they came; nobody
 * is overtaken for being large. Its caller holds the server's lock.
 */
final class FairQueue {
  /** In the order of their turns. */
  private final LinkedHashMap<String, ArrayDeque<ServedRequest>> owners = new LinkedHashMap<>();

  private int size;

  int size() {
    return size;
  }

  int owners() {
    return owners.size();
  }

  int sizeOf(String owner) {
    var waiting = owners.get(owner);
    return waiting == null ? 0 : waiting.size();
  }

  void add(ServedRequest request) {
    owners.computeIfAbsent(request.owner(), owner -> new ArrayDeque<>()).add(request);
    size++;
  }

  /** Whose turn it is, of those owners that may. */
  @Nullable ServedRequest next(Predicate<String> mayRun) {
    for (var entry : owners.entrySet()) {
      if (mayRun.test(entry.getKey())) {
        return entry.getValue().peek();
      }
    }
    return null;
  }

  /** Takes out the request whose turn it was; its owner's next turn comes after all others'. */
  void take(ServedRequest request) {
    var waiting = owners.remove(request.owner());
    if (waiting == null || waiting.peek() != request) {
      throw new IllegalStateException("not the turn of " + request.owner());
    }
    waiting.remove();
    size--;
    if (!waiting.isEmpty()) {
      owners.put(request.owner(), waiting);
    }
  }

  /** Takes out a request that does not want to wait any longer. */
  boolean remove(ServedRequest request) {
    var waiting = owners.get(request.owner());
    if (waiting == null || !waiting.remove(request)) {
      return false;
    }
    size--;
    if (waiting.isEmpty()) {
      owners.remove(request.owner());
    }
    return true;
  }

  /** All, in the order in which they would be admitted if no more came. */
  List<ServedRequest> inOrder() {
    var order = new ArrayList<ServedRequest>(size);
    var turns = new ArrayDeque<Iterator<ServedRequest>>();
    owners.values().forEach(waiting -> turns.add(waiting.iterator()));
    while (!turns.isEmpty()) {
      var turn = turns.remove();
      order.add(turn.next());
      if (turn.hasNext()) {
        turns.add(turn);
      }
    }
    return order;
  }
}
