package io.witan.engine.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How attention is cut, with few parts so that short contexts have parts of several pages. */
class AttentionCutTests {
  private static final int HEADS = 2;
  private static final int SIZE = 8;
  private static final int LANES = 4;
  private static final int PAGES = 6;
  private static final int SHORT = 2 * AttentionKernels.PAGE + 2;
  private static final int LONG = PAGES * AttentionKernels.PAGE - 7;

  @BeforeAll
  static void tornadoIsHere() {
    assertThat(new TornadoBackend().missing()).isNull();
  }

  @Test
  void aRowIsTheSameToTheBitAloneAndBesideALongerOne() {
    for (int parts : new int[] {1, 2, 3, 32}) {
      float[] alone = attend(parts, SHORT);
      float[] together = attend(parts, SHORT, LONG);
      float[] behind = attend(parts, LONG, SHORT);

      assertThat(Arrays.copyOf(together, HEADS * SIZE)).as("%d parts", parts).isEqualTo(alone);
      assertThat(Arrays.copyOf(behind, HEADS * SIZE))
          .as("%d parts", parts)
          .isEqualTo(attend(parts, LONG));
    }
  }

  /** Else the test above could not fail; and no part may be lost or counted twice. */
  @Test
  void howManyPartsThereAreChangesRoundingAndNothingElse() {
    float[] whole = attend(1, SHORT, LONG);
    for (int parts : new int[] {2, 3, 5, 32}) {
      float[] cut = attend(parts, SHORT, LONG);

      assertThat(cut).isNotEqualTo(whole);
      for (int i = 0; i < whole.length; i++) {
        assertThat(Math.abs(cut[i] - whole[i])).isLessThan(1e-5f);
      }
    }
  }

  @Test
  void partsFollowTheRowsLength() {
    int page = AttentionKernels.PAGE;
    assertThat(AttentionKernels.splitsOf(0, 32)).isEqualTo(1);
    assertThat(AttentionKernels.splitsOf(32 * page - 1, 32)).isEqualTo(32);
    // 33 pages are cut into parts of two: fewer than 32 pages have
    assertThat(AttentionKernels.splitsOf(32 * page, 32)).isEqualTo(17);
  }

  /** What comes out for rows that see so many positions, of one and the same query. */
  private static float[] attend(int mostParts, int... lengths) {
    int most =
        IntStream.of(lengths)
            .map(it -> AttentionKernels.splitsOf(it - 1, mostParts))
            .max()
            .orElseThrow();
    int rows = lengths.length;
    var step = new IntArray(Step.SIZE);
    step.init(0);
    step.set(Step.ROWS, rows);
    step.set(Step.SPLITS, most);
    for (int row = 0; row < rows; row++) {
      step.set(Step.POSITIONS + row, lengths[row] - 1);
    }
    var tables = IntArray.fromArray(IntStream.range(0, PAGES).toArray());
    var shape = IntArray.fromArray(new int[] {0, 0, HEADS, HEADS, SIZE, mostParts});
    int cached = PAGES * AttentionKernels.PAGE * HEADS * SIZE;
    var queries = random(HEADS * SIZE, 1);
    var keys = random(cached, 2);
    var values = random(cached, 3);
    var parts = new FloatArray(rows * HEADS * Step.MAX_SPLITS * (SIZE + 2));
    var slopes = new FloatArray(HEADS);
    var words = new IntArray(1);
    var out = new FloatArray(rows * HEADS * SIZE);
    slopes.init(0);
    var context = new KernelContext();
    var graph = new TaskGraph("cut");
    graph
        .transferToDevice(
            DataTransferMode.EVERY_EXECUTION,
            step,
            tables,
            shape,
            queries,
            keys,
            values,
            slopes,
            words)
        .task(
            "attend",
            AttentionKernels::attend,
            context,
            step,
            tables,
            shape,
            queries,
            keys,
            words,
            values,
            words,
            parts,
            slopes,
            Numbers.F32,
            0.3f,
            0f)
        .task(
            "join",
            AttentionKernels::join,
            context,
            step,
            parts,
            out,
            HEADS * SIZE,
            0,
            HEADS,
            SIZE,
            mostParts)
        .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
    var grids = new GridScheduler();
    grids.addWorkerGrid("cut.attend", grid(rows * HEADS * most));
    grids.addWorkerGrid("cut.join", grid(rows * HEADS));
    new TornadoExecutionPlan(graph.snapshot()).withGridScheduler(grids).execute();
    return IntStream.range(0, out.getSize())
        .collect(
            () -> new float[out.getSize()], (all, i) -> all[i] = out.get(i), (all, more) -> {});
  }

  private static WorkerGrid1D grid(int groups) {
    var grid = new WorkerGrid1D(groups * LANES);
    grid.setLocalWork(LANES, 1, 1);
    return grid;
  }

  private static FloatArray random(int size, int seed) {
    var random = new Random(seed);
    var array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }
}
