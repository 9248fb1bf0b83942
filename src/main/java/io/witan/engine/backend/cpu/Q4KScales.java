package io.witan.engine.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The eight 6-bit scales and minimums of a block of Q4_K, out of 12 bytes. */
final class Q4KScales {
  /** Numbers that {@link #decode} writes. */
  static final int COUNT = 16;

  /** Where the minimums begin among them. */
  static final int MINIMUMS = 8;

  private static final int[] DIRECT_SHIFTS = {0, 8, 16, 24, 2, 10, 18, 26};
  private static final int[] DIRECT_BITS = {63, 63, 63, 63, 48, 48, 48, 48};
  private static final int[] SHARED_SHIFTS = {0, 0, 0, 0, 0, 8, 16, 24};
  private static final int[] SHARED_BITS = {0, 0, 0, 0, 15, 15, 15, 15};

  private Q4KScales() {}

  /** Writes eight scales and eight minimums, times the half floats of the block at {@code at}. */
  static void decode(MemorySegment w, long at, float[] out) {
    scales(w, at).intoArray(out, 0);
    minimums(w, at).intoArray(out, MINIMUMS);
  }

  /** The eight scales. */
  static FloatVector scales(MemorySegment w, long at) {
    return numbers(w.get(Lanes.INT, at + 4), w.get(Lanes.INT, at + 12))
        .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at)));
  }

  /** The eight minimums. */
  static FloatVector minimums(MemorySegment w, long at) {
    return numbers(w.get(Lanes.INT, at + 8), w.get(Lanes.INT, at + 12) >>> 4)
        .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at + 2)));
  }

  /**
   * Eight numbers of six bits: four lie in the low bits of {@code direct}'s bytes; the others have
   * their upper two bits above those, and the lower four in {@code shared}.
   */
  private static FloatVector numbers(int direct, int shared) {
    var own =
        IntVector.broadcast(Quants.INTS, direct)
            .lanewise(VectorOperators.LSHR, table(DIRECT_SHIFTS))
            .and(table(DIRECT_BITS));
    var rest =
        IntVector.broadcast(Quants.INTS, shared)
            .lanewise(VectorOperators.LSHR, table(SHARED_SHIFTS))
            .and(table(SHARED_BITS));
    return (FloatVector) own.or(rest).convert(VectorOperators.I2F, 0);
  }

  private static IntVector table(int[] numbers) {
    return IntVector.fromArray(Quants.INTS, numbers, 0);
  }
}
