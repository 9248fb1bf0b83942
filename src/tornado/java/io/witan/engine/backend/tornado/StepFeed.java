package io.witan.engine.backend.tornado;

import io.witan.engine.backend.StepBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Brings a step to the device in few bytes: TornadoVM copies whole arrays, so there is one of each
 * of some sizes, in a task graph of its own, and page tables stay on the device.
 *
 * <p>Packed: rows, wanted rows, parts of the context at most; then for each row its token, its
 * position, its adapter times {@value PageTables#PLACES} plus the place of its page table, and the
 * page it is written to, negative (its highest bit set) if its logits are wanted.
 */
final class StepFeed {
  static final int HEAD = 4;
  static final int ROW = 4;

  /** The graph whose copies of the step and of the page tables all others use. */
  static final String FIRST = "feed0";

  private static final int[] SIZES = {1, 4, 12, 32, Step.MAX_ROWS};
  private static final int EDITS = 64;
  private static final int WANTED = 1 << 31;

  private final DeviceMemory memory;
  private final PageTables places;
  private final Launches launches;
  private final List<IntArray> packed = new ArrayList<>();
  private final IntArray edits = new IntArray(1 + 2 * EDITS);
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private int pending;

  StepFeed(DeviceMemory memory, int pageCount, int lanes) {
    this.memory = memory;
    this.places = new PageTables(pageCount);
    this.launches = new Launches(FIRST, lanes);
    for (int i = 0; i < SIZES.length; i++) {
      var array = new IntArray(HEAD + ROW * SIZES[i]);
      packed.add(array);
      var graph = shared(new TaskGraph("feed" + i), i == 0);
      graph
          .transferToDevice(DataTransferMode.EVERY_EXECUTION, array)
          .task(
              launches.add("feed" + i, "spread"),
              StepKernels::spread,
              new KernelContext(),
              array,
              memory.step,
              memory.tables,
              AttentionKernels.PAGE,
              pageCount);
      graphs.add(persisted(graph, i == 0));
    }
    var graph = shared(new TaskGraph("edits"), false);
    graph
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, edits)
        .task(
            launches.add("edits", "edit"),
            StepKernels::edit,
            new KernelContext(),
            edits,
            memory.tables);
    graphs.add(persisted(graph, false));
  }

  private TaskGraph shared(TaskGraph graph, boolean first) {
    return first
        ? graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, memory.step, memory.tables)
        : graph.consumeFromDevice(FIRST, memory.step, memory.tables);
  }

  private ImmutableTaskGraph persisted(TaskGraph graph, boolean first) {
    return (first ? graph.persistOnDevice(memory.step, memory.tables) : graph).snapshot();
  }

  List<ImmutableTaskGraph> graphs() {
    return graphs;
  }

  /** Sends rows of a batch; {@code wanted} of them are wanted, from {@code found} on. */
  Shape send(TornadoExecutionPlan plan, StepBatch batch, int from, int to, int found) {
    int size = 0;
    while (SIZES[size] < to - from) {
      size++;
    }
    var array = packed.get(size);
    var shape = pack(plan, array, batch, from, to, found);
    array.set(0, to - from);
    array.set(1, shape.wanted());
    array.set(2, shape.splits());
    plan.withGraph(size).withGridScheduler(launches.grids()).execute();
    return shape;
  }

  private Shape pack(
      TornadoExecutionPlan plan, IntArray array, StepBatch batch, int from, int to, int found) {
    places.beginStep();
    pending = 0;
    Map<Integer, Integer> placeOfSlot = new HashMap<>();
    int splits = 1;
    int wanted = 0;
    for (int row = from; row < to; row++) {
      int slot = batch.slots()[row];
      int position = batch.positions()[row];
      int index = position / AttentionKernels.PAGE;
      var table = batch.pageTables()[slot];
      int place = placeOfSlot.computeIfAbsent(slot, key -> places.placeOf(table, index));
      places.wrote(place, index, table[index]);
      boolean isWanted =
          found + wanted < batch.logitRows().length && batch.logitRows()[found + wanted] == row;
      wanted += isWanted ? 1 : 0;
      int at = HEAD + ROW * (row - from);
      array.set(at, batch.tokens()[row]);
      array.set(at + 1, position);
      array.set(at + 2, place + PageTables.PLACES * batch.adapters()[row]);
      array.set(at + 3, isWanted ? table[index] | WANTED : table[index]);
      splits = Math.max(splits, AttentionKernels.splitsOf(position, Step.MAX_SPLITS));
      for (int i = 0; i < index; i++) {
        edit(plan, place, i, table[i]);
      }
    }
    flush(plan);
    return new Shape(wanted, splits);
  }

  private void edit(TornadoExecutionPlan plan, int place, int index, int page) {
    if (!places.edit(place, index, page)) {
      return;
    }
    edits.set(1 + 2 * pending, places.offset(place) + index);
    edits.set(2 + 2 * pending, page);
    pending++;
    if (pending == EDITS) {
      flush(plan);
    }
  }

  private void flush(TornadoExecutionPlan plan) {
    if (pending > 0) {
      edits.set(0, pending);
      plan.withGraph(SIZES.length).withGridScheduler(launches.grids()).execute();
      pending = 0;
    }
  }

  /** Makes the arrays that all graphs share. */
  void open(TornadoExecutionPlan plan) {
    packed.getFirst().init(0);
    packed.getFirst().set(2, 1);
    plan.withGraph(0).withGridScheduler(launches.grids()).execute();
  }

  /** What a step turned out to be. */
  record Shape(int wanted, int splits) {}
}
