package io.witan.engine;

import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.Program;
import java.util.ArrayDeque;

/** Deals out the numbers by which batches name adapters. */
final class AdapterSlots {
  private final Program program;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int fresh = 1;

  AdapterSlots(Program program) {
    this.program = program;
  }

  synchronized ModelAdapter add(LanguageModel model, Adapter adapter) {
    var reused = free.poll();
    int slot = reused == null ? fresh++ : reused;
    try {
      program.setAdapter(slot, adapter);
    } catch (RuntimeException | Error refusal) {
      free.push(slot);
      throw refusal;
    }
    return new ModelAdapter(model, slot, adapter.changes().size());
  }

  synchronized void remove(int slot) {
    program.setAdapter(slot, null);
    free.push(slot);
  }
}
