package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The first and the last kernels of a step: what the host sends, and what it gets. */
final class StepKernels {
  private static final float NOTHING = -3.4e38f;

  private StepKernels() {}

  /**
   * Lays out a step that came as {@link StepFeed} packs it, and notes in the page tables the pages
   * that it writes. One group.
   *
   * @param pageCount pages of each table
   */
  static void spread(
      KernelContext context,
      IntArray packed,
      IntArray step,
      IntArray tables,
      int pageTokens,
      int pageCount) {
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int rows = packed.get(0);
    if (lane == 0) {
      step.set(Step.ROWS, rows);
      step.set(Step.LOGIT_ROWS, packed.get(1));
      step.set(Step.SPLITS, packed.get(2));
      int wanted = 0;
      for (int row = 0; row < rows; row++) {
        if (packed.get(StepFeed.HEAD + StepFeed.ROW * row + 3) < 0) {
          step.set(Step.WANTED + wanted, row);
          wanted++;
        }
      }
    }
    for (int row = lane; row < rows; row += lanes) {
      int at = StepFeed.HEAD + StepFeed.ROW * row;
      int position = packed.get(at + 1);
      int placeAndAdapter = packed.get(at + 2);
      int table = placeAndAdapter % PageTables.PLACES * pageCount;
      step.set(Step.TOKENS + row, packed.get(at));
      step.set(Step.POSITIONS + row, position);
      step.set(Step.TABLES + row, table);
      step.set(Step.ADAPTERS + row, placeAndAdapter / PageTables.PLACES);
      tables.set(table + position / pageTokens, packed.get(at + 3) & 2147483647);
    }
  }

  /** Changes page tables: a count, then places and pages. One group. */
  static void edit(KernelContext context, IntArray edits, IntArray tables) {
    int count = edits.get(0);
    for (int i = context.localIdx; i < count; i += context.localGroupSizeX) {
      tables.set(edits.get(1 + 2 * i), edits.get(2 + 2 * i));
    }
  }

  /** The first of the largest logits of each wanted row, -1 where none is a number. */
  static void likeliest(
      KernelContext context,
      IntArray step,
      FloatArray logits,
      IntArray tokens,
      int stride,
      int offset,
      int width) {
    float[] largest = context.allocateFloatLocalArray(ProductKernels.LANES);
    int[] places = context.allocateIntLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int row = context.groupIdx;
    if (row < step.get(Step.LOGIT_ROWS)) {
      int from = row * stride + offset;
      float best = NOTHING;
      int place = -1;
      for (int i = lane; i < width; i += lanes) {
        float logit = logits.get(from + i);
        if (logit > best) {
          best = logit;
          place = i;
        }
      }
      largest[lane] = best;
      places[lane] = place;
      context.localBarrier();
      if (lane == 0) {
        for (int i = 1; i < lanes; i++) {
          float other = largest[i];
          int at = places[i];
          if (at >= 0 && (other > best || (other == best && at < place))) {
            best = other;
            place = at;
          }
        }
        tokens.set(row, place);
      }
    }
  }
}
