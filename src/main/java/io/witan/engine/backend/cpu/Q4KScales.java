package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.NativeMemory.ALL;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The eight 6-bit scales and minimums of a block of Q4_K or Q5_K, out of 12 bytes. Of the scales
 * and of the minimums, four numbers each lie in the low bits of four bytes; the others have their
 * upper two bits above those, and the lower four in bytes that both share.
 */
final class Q4KScales {
  /** Eight lanes, whatever the processor: as many as there are groups. */
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int GROUPS = 8;

  /** What nibbles have too much, group by group, while they are bits of a float. */
  private static final float[] BIAS = {256, 16, 256, 16, 256, 16, 256, 16};

  /** The same of numbers of five bits. */
  private static final float[] FIVE_BIT_BIAS = {512, 32, 512, 32, 512, 32, 512, 32};

  private Q4KScales() {}

  /**
   * Writes the scales of the block at an address, and what is to be added to its nibbles times
   * them, as bits of a float, as many places later as there are groups.
   */
  static void decode(long block, float[] scales, int to) {
    decode(block, BIAS, scales, to);
  }

  /** The same for Q5_K, whose blocks begin alike. */
  static void decodeFiveBits(long block, float[] scales, int to) {
    decode(block, FIVE_BIT_BIAS, scales, to);
  }

  private static void decode(long block, float[] bias, float[] scales, int to) {
    long both = ALL.get(Lanes.LONG, block + 4);
    long shared = ALL.get(Lanes.INT, block + 12);
    var scale =
        octets(factors(both, shared)).mul(Float.float16ToFloat(ALL.get(Lanes.SHORT, block)));
    scale.intoArray(scales, to);
    scale
        .fma(
            FloatVector.fromArray(FLOATS, bias, 0),
            octets(minimums(both, shared))
                .mul(Float.float16ToFloat(ALL.get(Lanes.SHORT, block + 2))))
        .neg()
        .intoArray(scales, to + GROUPS);
  }

  private static long factors(long both, long shared) {
    return both & 0x3F3F3F3FL | (both >>> 2 & 0x30303030L | shared & 0x0F0F0F0FL) << 32;
  }

  private static long minimums(long both, long shared) {
    return both >>> 32 & 0x3F3F3F3FL
        | both >>> 2 & 0x3030303000000000L
        | (shared >>> 4 & 0x0F0F0F0FL) << 32;
  }

  /** Eight bytes as floats. */
  private static FloatVector octets(long bytes) {
    return (FloatVector)
        ((IntVector)
                LongVector.broadcast(LongVector.SPECIES_128, bytes)
                    .reinterpretAsBytes()
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0))
            .convert(I2F, 0);
  }
}
