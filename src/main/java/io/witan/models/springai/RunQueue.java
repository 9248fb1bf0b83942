package io.witan.models.springai;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits: each owner in turn, and of one owner the first to come. Callers hold a lock. */
final class RunQueue {
  private final Map<String, Deque<ChatModelRun>> waiting = new LinkedHashMap<>();
  private int size;

  int size() {
    return size;
  }

  int of(String owner) {
    var own = waiting.get(owner);
    return own == null ? 0 : own.size();
  }

  void add(String owner, ChatModelRun run) {
    waiting.computeIfAbsent(owner, each -> new ArrayDeque<>()).add(run);
    size++;
  }

  /** The next one; its owner goes to the end. */
  @Nullable ChatModelRun next() {
    if (waiting.isEmpty()) {
      return null;
    }
    var first = waiting.entrySet().iterator().next();
    var own = first.getValue();
    var run = own.removeFirst();
    waiting.remove(first.getKey());
    if (!own.isEmpty()) {
      waiting.put(first.getKey(), own);
    }
    size--;
    return run;
  }

  void remove(String owner, ChatModelRun run) {
    var own = waiting.get(owner);
    if (own != null && own.remove(run)) {
      size--;
      if (own.isEmpty()) {
        waiting.remove(owner);
      }
    }
  }

  /** In the order in which they will come. */
  List<ChatModelRun> inOrder() {
    var order = new ArrayList<ChatModelRun>();
    var left = waiting.values().stream().map(ArrayDeque::new).toList();
    for (boolean more = true; more; ) {
      more = false;
      for (var own : left) {
        var run = own.poll();
        if (run != null) {
          order.add(run);
          more = true;
        }
      }
    }
    return order;
  }
}
