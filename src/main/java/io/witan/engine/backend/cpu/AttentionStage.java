package io.witan.engine.backend.cpu;

import io.witan.engine.backend.StepBatch;
import io.witan.engine.graph.Alibi;
import io.witan.engine.graph.Operation.Attend;
import java.util.ArrayList;
import java.util.List;

/** Keeps the step's keys and values, then attends: a few rows of a sequence at a time. */
final class AttentionStage implements Stage {
  /** Queries of one piece of work: they share the pages that were turned into floats. */
  private static final int QUERIES = 32;

  private final Attend attend;
  private final KvCache cache;
  private final int headsPerKey;
  private final float[] slopes;

  AttentionStage(Attend attend, KvCache cache) {
    this.attend = attend;
    this.cache = cache;
    this.headsPerKey = attend.heads() / attend.keyHeads();
    this.slopes = Alibi.slopes(attend.heads(), attend.maxBias());
  }

  /** Rows {@code [first, last)} of one sequence. */
  private record Run(int first, int last) {}

  @Override
  public void run(StepState state) {
    float[] keys = state.buffer(attend.key());
    float[] values = state.buffer(attend.value());
    state.buffer(attend.out());
    var runs = runsOf(state.batch(), Math.max(1, QUERIES / headsPerKey));
    boolean isApart = areApart(runs, state.batch());
    if (!isApart) {
      state.forRows(
          state.rows(),
          2 * attend.key().width(),
          row -> {
            for (int head = 0; head < attend.keyHeads(); head++) {
              store(state, row, head, keys, values);
            }
          });
    }
    state
        .workers()
        .run(
            runs.size() * attend.keyHeads(),
            (piece, worker) -> {
              var run = runs.get(piece / attend.keyHeads());
              int head = piece % attend.keyHeads();
              if (isApart) { // whoever stores them has them at hand then
                for (int row = run.first(); row < run.last(); row++) {
                  store(state, row, head, keys, values);
                }
              }
              attend(state, run, head, state.scratch(worker).attention);
            });
  }

  /** Whether no run sees keys of another one of this step. */
  private static boolean areApart(List<Run> runs, StepBatch batch) {
    for (int i = 1; i < runs.size(); i++) {
      if (batch.slots()[runs.get(i).first()] == batch.slots()[runs.get(i - 1).first()]) {
        return false;
      }
    }
    return true;
  }

  private void store(StepState state, int row, int head, float[] keys, float[] values) {
    var batch = state.batch();
    int position = batch.positions()[row];
    int size = attend.headSize();
    cache.store(
        batch.pageTables()[batch.slots()[row]][position / KvCache.PAGE_TOKENS],
        attend.layer(),
        head,
        position % KvCache.PAGE_TOKENS,
        keys,
        state.at(attend.key(), row) + head * size,
        values,
        state.at(attend.value(), row) + head * size);
  }

  private static List<Run> runsOf(StepBatch batch, int most) {
    var runs = new ArrayList<Run>();
    int first = 0;
    for (int row = 1; row <= batch.rows(); row++) {
      if (row == batch.rows()
          || row - first == most
          || batch.slots()[row] != batch.slots()[first]) {
        runs.add(new Run(first, row));
        first = row;
      }
    }
    return runs;
  }

  private void attend(StepState state, Run run, int keyHead, AttentionKernel kernel) {
    var batch = state.batch();
    int count = (run.last() - run.first()) * headsPerKey;
    var starts = new int[count];
    var outStarts = new int[count];
    var seen = new int[count];
    var sinking = new float[count];
    int i = 0;
    for (int row = run.first(); row < run.last(); row++) {
      for (int head = keyHead * headsPerKey; head < (keyHead + 1) * headsPerKey; head++) {
        starts[i] = state.at(attend.query(), row) + head * attend.headSize();
        outStarts[i] = state.at(attend.out(), row) + head * attend.headSize();
        seen[i] = batch.positions()[row] + 1;
        sinking[i] = slopes[head];
        i++;
      }
    }
    kernel.attend(
        new AttentionKernel.Source(
            cache,
            batch.pageTables()[batch.slots()[run.first()]],
            cache.keysAt(attend.layer(), keyHead),
            cache.valuesAt(attend.layer(), keyHead),
            attend.headSize(),
            attend.scale(),
            attend.softcap()),
        state.buffer(attend.query()),
        starts,
        seen,
        sinking,
        state.buffer(attend.out()),
        outStarts,
        count);
  }
}
