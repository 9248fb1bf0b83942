package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Orders of weights, written out from what convert_hf_to_gguf.py does with PyTorch's views; a
 * checkpoint's round trip could not tell if both directions were wrong.
 */
class WeightRowsTests {
  /** {@code reshape(heads, 2, size / 2, columns).swapaxes(1, 2)}. */
  @Test
  void queryRowsOfEachHeadAreInterleaved() {
    var source = tensor(List.of(8L, 2L));

    var rows = new WeightRows.Interleaved(source, Shape.of(2, 8), 8, 2, 2);

    assertThat(all(rows)).containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15);
  }

  @Test
  void soAreBiases() {
    var rows = new WeightRows.Interleaved(tensor(List.of(6L)), Shape.of(6), 6, 1, 1);

    assertThat(all(rows)).containsExactly(0, 3, 1, 4, 2, 5);
  }

  /** DBRX's w2: {@code view(experts, hidden, width).permute(0, 2, 1)}. */
  @Test
  void expertsStoredTheOtherWayAreTransposedOneByOne() {
    var source = tensor(List.of(4L, 3L));

    var rows = new WeightRows.Transposed(source, Shape.of(2, 3, 2));

    assertThat(all(rows)).containsExactly(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11);
  }

  @Test
  void partsOfTransposedExpertsAreTheSame() {
    var rows = new WeightRows.Transposed(tensor(List.of(4L, 3L)), Shape.of(2, 3, 2));
    var part = new float[6];

    rows.read(2, 3, part);

    assertThat(part).containsExactly(2, 5, 6, 9, 7, 10);
  }

  /** Granite's input_linear: {@code split(hidden, dim=-2)}. */
  @Test
  void gatesAndInputsOfEachExpertAreTakenApart() {
    var source = tensor(List.of(2L, 2L, 3L));

    assertThat(all(new WeightRows.Part(source, Shape.of(3, 1, 2), 2, 0)))
        .containsExactly(0, 1, 2, 6, 7, 8);
    assertThat(all(new WeightRows.Part(source, Shape.of(3, 1, 2), 2, 1)))
        .containsExactly(3, 4, 5, 9, 10, 11);
  }

  @Test
  void expertsAreStackedInTheirOrder() {
    var first = tensor(List.of(2L, 2L));
    var second = tensor(List.of(2L, 2L));

    assertThat(all(new WeightRows.Stacked(List.of(first, second), Shape.of(2, 2, 2))))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void normsOfGemmaAreRaisedByOne() {
    var plain = new WeightRows.Plain(tensor(List.of(3L)), Shape.of(3));

    assertThat(all(new WeightRows.PlusOne(plain))).containsExactly(1, 2, 3);
  }

  /** The values that NumPy gives for Llama 3.1 8B, in floats. */
  @Test
  void factorsOfLlama31AreThoseOfTheConverter() {
    var parameters = new Parameters(new GgufWriter(), "llama");
    FamilyParameters.llama(
        parameters,
        Settings.parse(
            """
            {"hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 32,
             "max_position_embeddings": 131072, "vocab_size": 128256, "rope_theta": 500000.0,
             "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 8192, "rope_type": "llama3"}}
            """,
            "config.json"));

    float[] factors = parameters.tensors().get("rope_freqs.weight");

    assertThat(factors).hasSize(64);
    assertThat(Arrays.copyOf(factors, 29)).containsOnly(1);
    assertThat(Arrays.copyOfRange(factors, 29, 36))
        .containsExactly(
            new float[] {1.2074839f, 1.5534146f, 2.026313f, 2.69453f, 3.6842532f, 5.257327f, 8},
            within(1e-6f));
    assertThat(Arrays.copyOfRange(factors, 35, 64)).containsOnly(8);
  }

  /** Rounding as in gguf-py: to even for BF16, away from zero for Q8_0. */
  @Test
  void numbersAreRoundedAsThere() throws IOException {
    float ties = Float.intBitsToFloat(0x3F80_8000);
    float above = Float.intBitsToFloat(0x3F81_8000);
    assertThat(hex(TensorFormat.BF16, ties, above, Float.NaN)).isEqualTo("803f823fc07f");

    var block = new float[32];
    block[0] = 127;
    block[1] = 0.5f;
    block[2] = -0.5f;
    block[3] = Math.nextDown(0.5f);
    assertThat(hex(TensorFormat.Q8_0, block)).startsWith("003c7f01ff00").hasSize(68);
  }

  private static String hex(TensorFormat format, float... values) throws IOException {
    var bytes = new ByteArrayOutputStream();
    WeightWriter.write(new WeightRows.Given(values), format, Channels.newChannel(bytes));
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static float[] all(WeightRows rows) {
    var all = new float[(int) rows.shape().elements()];
    rows.read(0, (int) rows.shape().rows(), all);
    return all;
  }

  /** Whose elements are their own index. */
  private static SourceTensor tensor(List<Long> extents) {
    int count = (int) extents.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return new SourceTensor("t", "F32", extents, MemorySegment.ofArray(values));
  }
}
