package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.INTS;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The eight 6-bit scales and minimums of a block of Q4_K, out of 12 bytes. */
final class Q4KScales {
  /** Numbers that {@link #decode} writes. */
  static final int COUNT = 16;

  /** Where the minimums begin among them. */
  static final int MINIMUMS = 8;

  private static final int BLOCK_BYTES = 144;
  static final int[] DIRECT_SHIFTS = {0, 8, 16, 24, 2, 10, 18, 26};
  static final int[] DIRECT_BITS = {63, 63, 63, 63, 48, 48, 48, 48};
  static final int[] SHARED_SHIFTS = {0, 0, 0, 0, 0, 8, 16, 24};
  static final int[] SHARED_BITS = {0, 0, 0, 0, 15, 15, 15, 15};

  private Q4KScales() {}

  /** Writes eight scales and eight minimums, times the half floats of the block at {@code at}. */
  static void decode(MemorySegment w, long at, float[] out) {
    decode(w, at, 1, out, 0, MINIMUMS);
  }

  /**
   * Writes the scales of blocks from {@code to} on and their minimums from {@code minimumsTo} on.
   * Of each list, four numbers lie in the low bits of four bytes; the others have their upper two
   * bits above those, and the lower four in bytes that both lists share.
   */
  static void decode(MemorySegment w, long at, int blocks, float[] out, int to, int minimumsTo) {
    var directShifts = IntVector.fromArray(INTS, DIRECT_SHIFTS, 0);
    var directBits = IntVector.fromArray(INTS, DIRECT_BITS, 0);
    var sharedShifts = IntVector.fromArray(INTS, SHARED_SHIFTS, 0);
    var sharedBits = IntVector.fromArray(INTS, SHARED_BITS, 0);
    for (int block = 0; block < blocks; block++, at += BLOCK_BYTES) {
      int shared = w.get(Lanes.INT, at + 12);
      var direct = IntVector.broadcast(INTS, w.get(Lanes.INT, at + 4));
      var rest = IntVector.broadcast(INTS, shared);
      var numbers =
          direct
              .lanewise(LSHR, directShifts)
              .and(directBits)
              .or(rest.lanewise(LSHR, sharedShifts).and(sharedBits));
      ((FloatVector) numbers.convert(I2F, 0))
          .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at)))
          .intoArray(out, to + 8 * block);
      direct = IntVector.broadcast(INTS, w.get(Lanes.INT, at + 8));
      rest = IntVector.broadcast(INTS, shared >>> 4);
      numbers =
          direct
              .lanewise(LSHR, directShifts)
              .and(directBits)
              .or(rest.lanewise(LSHR, sharedShifts).and(sharedBits));
      ((FloatVector) numbers.convert(I2F, 0))
          .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at + 2)))
          .intoArray(out, minimumsTo + 8 * block);
    }
  }
}
