package io.witan.engine.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of the kernels, constants so that the compiler knows them: 16 floats where the
 * processor has 512-bit vectors, else 8; and what all kernels share.
 *
 * <p>Sums over lanes are written out: {@code reduceLanes} may add in another order before and after
 * a method is compiled, and a sequence's tokens must not depend on that.
 */
final class Lanes {
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() >= 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_256;
  static final int COUNT = FLOATS.length();
  static final VectorSpecies<Integer> INTS =
      COUNT == 16 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;
  static final VectorSpecies<Byte> BYTES =
      COUNT == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  static final VectorSpecies<Short> SHORTS =
      COUNT == 16 ? ShortVector.SPECIES_256 : ShortVector.SPECIES_128;

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);

  private static final VectorMask<Float> UPPER_OF_16 = upperOf(16);
  private static final VectorMask<Float> UPPER_OF_8 = upperOf(8);
  private static final VectorMask<Float> UPPER_OF_4 = upperOf(4);
  private static final VectorMask<Float> UPPER_OF_2 = upperOf(2);
  private static final VectorShuffle<Float> ACROSS_8 = across(8);
  private static final VectorShuffle<Float> ACROSS_4 = across(4);
  private static final VectorShuffle<Float> ACROSS_2 = across(2);
  private static final VectorShuffle<Float> ACROSS_1 = across(1);

  private static final float EXP_LEAST = -87.3f;
  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding and taking away this rounds a float to a whole number. */
  private static final float ROUND = 12_582_912f;

  private Lanes() {}

  /** The upper half of each so many lanes. */
  private static VectorMask<Float> upperOf(int lanes) {
    long bits = 0;
    for (int lane = 0; lane < COUNT; lane++) {
      if (lane % lanes >= lanes / 2) {
        bits |= 1L << lane;
      }
    }
    return VectorMask.fromLong(FLOATS, bits);
  }

  private static VectorShuffle<Float> across(int distance) {
    return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % COUNT);
  }

  /** The sum of all lanes, always in the same order. */
  static float sum(FloatVector vector, float[] scratch) {
    vector.intoArray(scratch, 0);
    return sum(scratch, 0);
  }

  /** The sum of as many numbers as a vector has, in that same order; changes the numbers. */
  static float sum(float[] lanes, int at) {
    if (COUNT == 16) {
      FloatVector.fromArray(FloatVector.SPECIES_256, lanes, at)
          .add(FloatVector.fromArray(FloatVector.SPECIES_256, lanes, at + 8))
          .intoArray(lanes, at);
    }
    FloatVector.fromArray(FloatVector.SPECIES_128, lanes, at)
        .add(FloatVector.fromArray(FloatVector.SPECIES_128, lanes, at + 4))
        .intoArray(lanes, at);
    return (lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]);
  }

  /** Bytes as unsigned ints. */
  static IntVector octets(MemorySegment data, long at) {
    return (IntVector)
        ByteVector.fromMemorySegment(BYTES, data, at, ORDER)
            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
  }

  /**
   * Adds up as many vectors as one has lanes, each in the order of {@link #sum(float[], int)}, and
   * leaves the sums in the first; changes the others.
   */
  static void sums(float[] vectors, int at) {
    if (COUNT == 16) {
      fold(vectors, at, 8, 1, 8, UPPER_OF_16, ACROSS_8);
    }
    fold(vectors, at, 4, 1, 4, UPPER_OF_8, ACROSS_4);
    fold(vectors, at, 4, 2, 1, UPPER_OF_2, ACROSS_1);
    fold(vectors, at, 1, 1, 2, UPPER_OF_4, ACROSS_2);
  }

  /**
   * Adds lanes that are so far apart, of pairs of vectors that are so far apart: the first one's
   * sums go to the lower lanes, the second one's to the upper.
   */
  private static void fold(
      float[] vectors,
      int at,
      int end,
      int step,
      int distance,
      VectorMask<Float> upper,
      VectorShuffle<Float> across) {
    for (int i = 0; i < end; i += step) {
      var first = FloatVector.fromArray(FLOATS, vectors, at + i * COUNT);
      var second = FloatVector.fromArray(FLOATS, vectors, at + (i + distance) * COUNT);
      first
          .blend(second, upper)
          .add(second.blend(first, upper).rearrange(across))
          .intoArray(vectors, at + i * COUNT);
    }
  }

  static FloatVector floats(IntVector whole) {
    return (FloatVector) whole.convert(VectorOperators.I2F, 0);
  }

  /** Half floats, finite ones, as floats: shifts the exponent by a multiplication. */
  static FloatVector halvesToFloats(ShortVector halves) {
    var bits = (IntVector) halves.castShape(INTS, 0);
    var magnitude =
        bits.and(0x7FFF).lanewise(VectorOperators.LSHL, 13).reinterpretAsFloats().mul(0x1p112f);
    return magnitude
        .reinterpretAsInts()
        .or(bits.and(0x8000).lanewise(VectorOperators.LSHL, 16))
        .reinterpretAsFloats();
  }

  /** e^x to about one unit in the last place (Cephes expf); below -87.3 as there. */
  static FloatVector exp(FloatVector x) {
    var bounded = x.max(EXP_LEAST).min(88f);
    var shifted =
        bounded.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUND));
    var whole = shifted.sub(ROUND);
    var rest =
        whole.fma(
            FloatVector.broadcast(FLOATS, -LN2_LOW),
            whole.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), bounded));
    var sum = FloatVector.broadcast(FLOATS, 1.9875691500e-4f);
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 1.3981999507e-3f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
    sum = sum.fma(rest.mul(rest), rest).add(1f);
    var power =
        shifted
            .reinterpretAsInts()
            .sub(Float.floatToRawIntBits(ROUND) - 127)
            .lanewise(VectorOperators.LSHL, 23)
            .reinterpretAsFloats();
    return sum.mul(power);
  }
}
