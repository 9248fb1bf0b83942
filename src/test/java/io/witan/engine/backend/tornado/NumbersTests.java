package io.witan.engine.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Half floats in integer arithmetic. */
class NumbersTests {
  @Test
  void everyFiniteHalfFloatIsReadAsJavaReadsIt() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float expected = Float.float16ToFloat((short) bits);
      if (Float.isFinite(expected)) {
        assertThat(Numbers.half(bits)).as("%04x", bits).isEqualTo(expected);
      }
    }
  }

  @Test
  void floatsAreRoundedToHalvesAsJavaRoundsThem() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(-27, 14)));
      int expected = Float.floatToFloat16(value) & 0xFFFF;
      if (Math.abs(value) < 65504 && value != 0) {
        assertThat(Numbers.halfBits(value)).as("%s", value).isEqualTo(expected);
      }
    }
  }
}
