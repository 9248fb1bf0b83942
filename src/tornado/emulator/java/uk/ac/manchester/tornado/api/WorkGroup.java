package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs the work items of one group after another on one thread, each on a stack of its own: an item
 * runs until its next barrier, then the next one does. So the order is always the same, and a
 * barrier that some items miss is found.
 */
final class WorkGroup {
  private final Coroutine[] items;
  private final int[] allocated;
  private final boolean[] waiting;
  private final List<Object> arrays = new ArrayList<>();
  private final ItemCode code;
  private int group;
  private final int globalSize;

  /** What one item runs. */
  @FunctionalInterface
  interface ItemCode {
    void run(KernelContext context);
  }

  WorkGroup(int localSize, int globalSize, ItemCode code) {
    this.items = new Coroutine[localSize];
    this.allocated = new int[localSize];
    this.waiting = new boolean[localSize];
    this.code = code;
    this.globalSize = globalSize;
    for (int i = 0; i < localSize; i++) {
      int item = i;
      items[i] = new Coroutine(() -> repeat(item));
    }
  }

  /** One item's stack serves all groups: it pauses between them. */
  private void repeat(int item) {
    while (true) {
      code.run(new KernelContext(this, group, item, items.length, globalSize));
      waiting[item] = false;
      Coroutine.pause();
    }
  }

  void run(int index) {
    group = index;
    arrays.clear();
    java.util.Arrays.fill(allocated, 0);
    int stopped;
    do {
      stopped = 0;
      for (int i = 0; i < items.length; i++) {
        items[i].resume();
        stopped += waiting[i] ? 1 : 0;
      }
      if (stopped != 0 && stopped != items.length) {
        throw new IllegalStateException(
            "group " + index + ": " + stopped + " of " + items.length + " items at a barrier");
      }
    } while (stopped > 0);
  }

  void barrier(int item) {
    waiting[item] = true;
    Coroutine.pause();
  }

  <T> T shared(int item, Class<T> type, Supplier<T> maker) {
    int index = allocated[item]++;
    if (index == arrays.size()) {
      arrays.add(maker.get());
    }
    return type.cast(arrays.get(index));
  }
}
