package io.witan.engine.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.backend.cpu.BlockDecoder;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlockEncoderTests {
  private static final int COUNT = 256 * 256;

  /** Against what ggml's reference quantisers left of the same numbers, at most 1 % more. */
  @ParameterizedTest
  @CsvSource({
    "Q4_K, 0.078175",
    "Q5_K, 0.039629",
    "Q6_K, 0.019809",
    "Q4_1, 0.085435",
    "Q5_0, 0.048679",
    "Q5_1, 0.041219"
  })
  void roundingLeavesNoMoreThanThePeers(TensorFormat format, double peer) {
    float[] numbers = numbers();

    assertThat(error(numbers, roundTrip(format, numbers))).isLessThan(1.01 * peer);
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K", "BF16"})
  void zerosStayZerosAndEqualNumbersStayClose(TensorFormat format) {
    for (float zero : roundTrip(format, new float[512])) {
      assertThat((double) zero).isZero();
    }
    for (float constant : new float[] {3, -3, 0.01f}) {
      var numbers = new float[512];
      Arrays.fill(numbers, constant);

      assertThat(error(numbers, roundTrip(format, numbers))).isLessThan(0.03);
    }
  }

  private static float[] numbers() {
    var random = new SplittableRandom(11);
    var numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double spread = Math.exp(random.nextGaussian() * 0.3);
      numbers[i] = (float) (random.nextGaussian() * spread * 0.02);
    }
    return numbers;
  }

  private static float[] roundTrip(TensorFormat format, float[] numbers) {
    var out =
        ByteBuffer.allocate((int) format.bytes(numbers.length)).order(ByteOrder.LITTLE_ENDIAN);
    BlockEncoder.of(format).encode(numbers, 0, numbers.length, out);
    assertThat(out.remaining()).isZero();
    var written = new float[numbers.length];
    BlockDecoder.of(format, "numbers")
        .decode(MemorySegment.ofArray(out.array()), 0, written.length, written, 0);
    return written;
  }

  /** Root of the squares of what was left, over that of the numbers. */
  private static double error(float[] numbers, float[] written) {
    double left = 0;
    double all = 0;
    for (int i = 0; i < numbers.length; i++) {
      left += ((double) written[i] - numbers[i]) * ((double) written[i] - numbers[i]);
      all += (double) numbers[i] * numbers[i];
    }
    return Math.sqrt(left / all);
  }
}
