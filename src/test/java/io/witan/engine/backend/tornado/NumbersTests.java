package io.witan.engine.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.backend.cpu.BlockDecoder;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Matrix;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource(
      names = {
        "Q4_0", "Q8_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "F16"
      })
  void everyFormatIsReadAsTheProcessorReadsIt(TensorFormat format) {
    int columns = 768;
    int bytes = Math.toIntExact(format.bytes(columns));
    var random = new byte[2 * bytes];
    new Random(format.ordinal()).nextBytes(random);
    var data = Arena.ofAuto().allocate(random.length, 8).copyFrom(MemorySegment.ofArray(random));
    var halves = ValueLayout.JAVA_SHORT_UNALIGNED;
    for (int at = 0; at < random.length; at += 2) {
      // whatever of these is a scale is finite then
      data.set(halves, at, (short) (data.get(halves, at) & 0xBFFF));
    }
    var tensor = new GgufTensor("w", Shape.of(columns, 2), format, data);
    var matrix = DeviceMatrix.of(new Matrix("w", columns, 2, 1), tensor);
    var expected = new float[2 * columns];
    BlockDecoder.of(format, "w").decode(data, 0, expected.length, expected, 0);

    for (int i = 0; i < expected.length; i++) {
      int base = i / columns * matrix.rowWords();
      int column = i % columns;
      float weight =
          Numbers.scale(matrix.format(), matrix.words(), base, column / Numbers.GROUP)
                  * Numbers.quant(matrix.format(), matrix.floats(), matrix.words(), base, column)
              - Numbers.minimum(matrix.format(), matrix.words(), base, column / Numbers.GROUP);
      assertThat(weight)
          .as("%d", i)
          .isCloseTo(expected[i], within(1e-4f + 1e-5f * Math.abs(expected[i])));
    }
  }
}
