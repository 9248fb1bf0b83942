package io.witan.engine.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.backend.Weights;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Activation;
import io.witan.engine.graph.Matrix;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every kernel to the plain decoder, over odd sizes. */
class KernelTests {
  private static final List<TensorFormat> FORMATS =
      List.of(
          TensorFormat.F32,
          TensorFormat.F16,
          TensorFormat.BF16,
          TensorFormat.Q8_0,
          TensorFormat.Q4_0,
          TensorFormat.Q4_K,
          TensorFormat.Q6_K,
          TensorFormat.Q4_1,
          TensorFormat.Q5_0,
          TensorFormat.Q5_1,
          TensorFormat.Q2_K,
          TensorFormat.Q3_K,
          TensorFormat.Q5_K);

  private static final double EXACT = 2e-5;

  record Case(TensorFormat format, int columns, int rows) {}

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var format : FORMATS) {
      int least = Math.max(32, format.blockElements());
      for (int columns : new int[] {least, 3 * least, 5 * least, 8 * least, 2048 + least}) {
        for (int rows : new int[] {1, 7, 33}) {
          cases.add(new Case(format, columns, rows));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vectorDecodingGivesTheSameNumbers(Case shape) {
    var weights = random(shape);
    var expected = new float[shape.columns() * shape.rows()];
    BlockDecoder.of(shape.format(), "w").decode(weights, 0, expected.length, expected, 0);

    var actual = new float[expected.length];
    RowDecoder.of(shape.format(), "w").decode(weights, 0, actual.length, actual, 0);

    assertThat(actual).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowKernelsMultiply(Case shape) {
    checkRows(shape, RowKernel.of(shape.format(), "w"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void panelsMultiply(Case shape) {
    var data = random(shape);
    var tensor = new GgufTensor("w", Shape.of(shape.columns(), shape.rows()), shape.format(), data);
    Weights weights = name -> tensor;
    var matrix = WeightMatrix.of(Matrix.of("w", shape.columns(), shape.rows()), weights);
    int count = PackedRows.GROUP + 3;
    float[] x = activations(count * shape.columns());
    var starts = new int[count];
    for (int row = 0; row < count; row++) {
      starts[row] = row * shape.columns();
    }
    var packed = new PackedRows();
    packed.reset(2, shape.columns());
    packed.pack(0, x, starts, 0, PackedRows.GROUP);
    packed.pack(1, x, starts, PackedRows.GROUP, 3);
    var product = new PanelProduct();

    for (int first = 0; first < shape.rows(); first += PanelProduct.ROWS) {
      float[] sums = product.multiply(matrix, 0, first, packed, 0, 2);
      for (int line = first; line < Math.min(shape.rows(), first + PanelProduct.ROWS); line++) {
        for (int row = 0; row < count; row++) {
          float sum = sums[row * PanelProduct.ROWS + line - first];
          check(shape, data, line, x, row * shape.columns(), sum);
        }
      }
    }
  }

  /** Multiplies one to four rows together; each result is what the row gives alone. */
  private static void checkRows(Case shape, RowKernel kernel) {
    var data = random(shape);
    int most = RowKernel.MOST_ROWS;
    float[] x = activations(most * shape.columns());
    var input = new RowInput();
    input.reset(x, 0, shape.columns());
    var rows = new int[most];
    var outRows = new int[most];
    for (int row = 0; row < most; row++) {
      rows[row] = row;
      outRows[row] = row * shape.rows();
    }
    long rowBytes = shape.format().bytes(shape.columns());
    var lines = new RowKernel.Lines(data, 0, rowBytes, 0, shape.rows(), shape.columns());
    var tile = new RowTile();
    var alone = new float[most * shape.rows()];
    for (int row = 0; row < most; row++) {
      kernel.multiply(lines, input, new RowKernel.Rows(rows, outRows, row, 1), alone, tile);
      for (int line = 0; line < shape.rows(); line++) {
        float sum = alone[outRows[row] + line];
        check(shape, data, line, x, row * shape.columns(), sum);
      }
    }

    for (int count = 2; count <= most; count++) {
      var together = new float[most * shape.rows()];
      var some = new RowKernel.Rows(rows, outRows, most - count, count);
      kernel.multiply(lines, input, some, together, tile);

      int from = outRows[most - count];
      assertThat(Arrays.copyOfRange(together, from, together.length))
          .isEqualTo(Arrays.copyOfRange(alone, from, alone.length));
    }
  }

  /** Within a small part of the sum's size, as the square root of its squares. */
  private static void check(
      Case shape, MemorySegment data, int line, float[] x, int at, float sum) {
    var weights = new float[shape.columns()];
    BlockDecoder.of(shape.format(), "w")
        .decode(data, line * shape.format().bytes(weights.length), weights.length, weights, 0);
    double expected = 0;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      double term = (double) weights[i] * x[at + i];
      expected += term;
      squares += term * term;
    }
    assertThat((double) sum).isCloseTo(expected, within(EXACT * (1 + Math.sqrt(squares)) * 2));
  }

  private static MemorySegment random(Case shape) {
    long bytes = shape.format().bytes((long) shape.columns() * shape.rows());
    var data = Arena.ofAuto().allocate(bytes);
    var random = new Random(shape.columns() * 31L + shape.rows());
    var numbers = new byte[(int) bytes];
    random.nextBytes(numbers);
    MemorySegment.copy(MemorySegment.ofArray(numbers), 0, data, 0, bytes);
    int size = shape.format().blockBytes();
    for (long at = 0; at < bytes; at += size) {
      setScale(data, at, shape.format(), random);
    }
    return data;
  }

  private static void setScale(MemorySegment data, long at, TensorFormat format, Random random) {
    float number = (float) random.nextGaussian();
    switch (format) {
      case F32 -> data.set(BlockDecoder.FLOAT, at, number);
      case F16 -> data.set(BlockDecoder.SHORT, at, Float.floatToFloat16(number));
      case BF16 ->
          data.set(BlockDecoder.SHORT, at, (short) (Float.floatToRawIntBits(number) >> 16));
      case Q6_K -> data.set(BlockDecoder.SHORT, at + 208, Float.floatToFloat16(number / 1000));
      case Q3_K -> data.set(BlockDecoder.SHORT, at + 108, Float.floatToFloat16(number / 200));
      case Q2_K -> {
        data.set(BlockDecoder.SHORT, at + 80, Float.floatToFloat16(number / 100));
        data.set(BlockDecoder.SHORT, at + 82, Float.floatToFloat16(number / 20));
      }
      case Q4_1, Q5_1 -> {
        data.set(BlockDecoder.SHORT, at, Float.floatToFloat16(number / 20));
        data.set(BlockDecoder.SHORT, at + 2, Float.floatToFloat16(-number));
      }
      case Q4_K, Q5_K -> {
        data.set(BlockDecoder.SHORT, at, Float.floatToFloat16(number / 100));
        data.set(BlockDecoder.SHORT, at + 2, Float.floatToFloat16(number / 20));
      }
      default -> data.set(BlockDecoder.SHORT, at, Float.floatToFloat16(number / 50));
    }
  }

  private static float[] activations(int count) {
    var random = new Random(count);
    var x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void halfFloatsBecomeFloatsWhateverTheirSize() {
    var data = Arena.ofAuto().allocate(2 * 65536);
    var expected = new float[65536];
    for (int bits = 0; bits < 65536; bits++) {
      boolean finite = (bits & 0x7C00) != 0x7C00;
      data.set(BlockDecoder.SHORT, 2L * bits, (short) (finite ? bits : 0));
      expected[bits] = finite ? Float.float16ToFloat((short) bits) : 0;
    }

    var actual = new float[65536];
    RowDecoder.of(TensorFormat.F16, "w").decode(data, 0, actual.length, actual, 0);

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void activationsAreThoseOfTheFormulas() {
    int count = 37;
    float[] x = activations(count);
    for (int i = 0; i < count; i++) {
      x[i] *= 20;
    }
    for (var activation : Activation.values()) {
      var actual = new float[count];
      RowMath.activate(activation, x, 0, null, 0, actual, 0, count);
      for (int i = 0; i < count; i++) {
        double expected = ScalarMath.activate(activation, x[i]);
        assertThat((double) actual[i]).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
      }
    }
  }
}
