package io.witan.engine.backend.cpu;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic of quantised products on 256 bits. Weight bytes are read as shorts: of each, the
 * low and the high byte are one weight. Two products of bytes fit into a short, so shorts are
 * multiplied and added, and neighbours are widened to ints last: no byte is ever widened.
 */
final class Quants {
  static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  static final VectorMask<Short> UPPER_SHORTS = VectorMask.fromLong(SHORTS, 0xFF00);
  static final VectorMask<Float> UPPER_FLOATS = VectorMask.fromLong(FLOATS, 0xF0);
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private Quants() {}

  static ShortVector shorts(short[] from, int at) {
    return ShortVector.fromArray(SHORTS, from, at);
  }

  /** The low byte of each short, with its sign. */
  static ShortVector low(ShortVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
  }

  /** The high byte of each short, with its sign. */
  static ShortVector high(ShortVector pairs) {
    return pairs.lanewise(VectorOperators.ASHR, 8);
  }

  /** Adds neighbouring shorts. */
  static FloatVector widen(ShortVector sums) {
    IntVector pairs = sums.reinterpretAsInts();
    IntVector wide =
        pairs
            .lanewise(VectorOperators.LSHL, 16)
            .lanewise(VectorOperators.ASHR, 16)
            .add(pairs.lanewise(VectorOperators.ASHR, 16));
    return (FloatVector) wide.convert(VectorOperators.I2F, 0);
  }

  /** {@code lower} in the first four lanes, {@code upper} in the others. */
  static FloatVector halves(float lower, float upper) {
    return FloatVector.broadcast(FLOATS, lower).blend(upper, UPPER_FLOATS);
  }

  static FloatVector spread(float number) {
    return FloatVector.broadcast(FLOATS, number);
  }

  /** The sum of the eight lanes, always in the same order. */
  static float sum(FloatVector vector, float[] scratch) {
    vector.intoArray(scratch, 0);
    return sum(scratch, 0);
  }

  /** The sum of eight lanes that lie at {@code at}. */
  static float sum(float[] lanes, int at) {
    return ((lanes[at] + lanes[at + 4]) + (lanes[at + 1] + lanes[at + 5]))
        + ((lanes[at + 2] + lanes[at + 6]) + (lanes[at + 3] + lanes[at + 7]));
  }
}
