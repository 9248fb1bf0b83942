package io.witan.engine.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The eight 6-bit scales and minimums of a block of Q4_K, out of 12 bytes. */
final class Q4KScales {
  /** Numbers that {@link #decode} writes. */
  static final int COUNT = 16;

  /** Where the minimums begin among them. */
  static final int MINIMUMS = 8;

  private static final int SIX_BITS = 0x3F3F3F3F;
  private static final int NIBBLES = 0x0F0F0F0F;
  private static final int TOP_BITS = 0x30303030;

  private Q4KScales() {}

  /** Writes eight scales and eight minimums, times the half floats of the block at {@code at}. */
  static void decode(MemorySegment w, long at, float[] out) {
    scales(w, at, out, 0);
    minimums(w, at, out, MINIMUMS);
  }

  /** Writes the eight scales. */
  static void scales(MemorySegment w, long at, float[] out, int to) {
    int first = w.get(Lanes.INT, at + 4);
    int upper = (w.get(Lanes.INT, at + 12) & NIBBLES) | (first >>> 2 & TOP_BITS);
    bytes(first & SIX_BITS, upper)
        .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at)))
        .intoArray(out, to);
  }

  /** Writes the eight minimums. */
  static void minimums(MemorySegment w, long at, float[] out, int to) {
    int second = w.get(Lanes.INT, at + 8);
    int upper = (w.get(Lanes.INT, at + 12) >>> 4 & NIBBLES) | (second >>> 2 & TOP_BITS);
    bytes(second & SIX_BITS, upper)
        .mul(Float.float16ToFloat(w.get(Lanes.SHORT, at + 2)))
        .intoArray(out, to);
  }

  /** The four bytes of each number, lowest first. */
  private static FloatVector bytes(int lower, int upper) {
    long both = Integer.toUnsignedLong(lower) | (long) upper << 32;
    var octets = LongVector.broadcast(LongVector.SPECIES_128, both).reinterpretAsBytes();
    var whole = (IntVector) octets.convertShape(VectorOperators.ZERO_EXTEND_B2I, Quants.INTS, 0);
    return (FloatVector) whole.convert(VectorOperators.I2F, 0);
  }
}
