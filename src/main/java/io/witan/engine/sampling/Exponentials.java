package io.witan.engine.sampling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials of many numbers at once, each within two units of its last place. Every step of a
 * number's own computation is exact or rounded once, so that they are the same on every machine,
 * however many lanes its vectors have; the polynomial is that of the Cephes library.
 */
final class Exponentials {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  /** Below this, e to it is no normal number. */
  private static final float LEAST = -87.3f;

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding and taking away this rounds a float to a whole number. */
  private static final float ROUND = 12_582_912f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  private Exponentials() {}

  /**
   * Replaces numbers that are at most 0 by e to them; by 0 where that is less than a normal number.
   *
   * @param size of them, from the first on
   */
  static void replace(float[] numbers, int size) {
    for (int i = 0; i < size; i += LANES.length()) {
      var mask = LANES.indexInRange(i, size);
      of(FloatVector.fromArray(LANES, numbers, i, mask)).intoArray(numbers, i, mask);
    }
  }

  private static FloatVector of(FloatVector x) {
    var shifted = x.max(LEAST).fma(constant(LOG2_E), constant(ROUND));
    var whole = shifted.sub(ROUND);
    var rest = whole.fma(constant(-LN2_LOW), whole.fma(constant(-LN2_HIGH), x.max(LEAST)));
    var sum = constant(1.9875691500e-4f);
    sum = sum.fma(rest, constant(1.3981999507e-3f));
    sum = sum.fma(rest, constant(8.3334519073e-3f));
    sum = sum.fma(rest, constant(4.1665795894e-2f));
    sum = sum.fma(rest, constant(1.6666665459e-1f));
    sum = sum.fma(rest, constant(5.0000001201e-1f));
    sum = sum.fma(rest.mul(rest), rest).add(1f);
    var power =
        shifted
            .reinterpretAsInts()
            .sub(ROUND_BITS - 127)
            .lanewise(VectorOperators.LSHL, 23)
            .reinterpretAsFloats();
    return sum.mul(power).blend(0f, x.lt(LEAST));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(LANES, value);
  }
}
