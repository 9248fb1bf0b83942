package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.backend.KvFormat;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.TensorFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole models in the formats of which no recorded one is at hand: weights are drawn by chance. */
class TornadoFormatTests {
  private static final int[] PROMPT = IntStream.range(0, 17).map(i -> 3 + i * 7 % 40).toArray();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q5_K"})
  void logitsOfAWholeModelAreThoseOfTheProcessor(TensorFormat format) {
    var path = folder.resolve(format + ".gguf");
    write(path, format);

    float[] expected = logits(path, "cpu-scalar");
    float[] actual = logits(path, "tornado");

    // an assertion of closeness says little of a model whose logits are all alike
    float[] sorted = expected.clone();
    Arrays.sort(sorted);
    assertThat(sorted[sorted.length - 1] - sorted[0]).isGreaterThan(0.1f);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).as("%d", i).isLessThan(2e-3f);
    }
  }

  private static float[] logits(Path path, String backend) {
    var options =
        EngineOptions.defaults()
            .withThreads(2)
            .withBackend(backend)
            .withKvFormat(KvFormat.F32)
            .withContextTokens(64)
            .withCacheTokens(128);
    try (var model = LanguageModel.load(path, options);
        var session = model.newSession()) {
      session.append(PROMPT);
      return session.logits().clone();
    }
  }

  /** DBRX, whose quantised matrices are given another format and other numbers. */
  private static void write(Path path, TensorFormat format) {
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-k-q6_k.gguf"))) {
      var writer = new GgufWriter();
      file.metadata().keys().forEach(key -> writer.copy(file.metadata(), key));
      for (var tensor : file.tensors()) {
        boolean quantised = tensor.format() == TensorFormat.Q6_K;
        writer.tensor(
            tensor.name(),
            tensor.shape(),
            quantised ? format : tensor.format(),
            channel ->
                channel.write(quantised ? blocks(tensor, format) : tensor.data().asByteBuffer()));
      }
      writer.write(path);
    }
  }

  /** Any bytes are blocks of a format; only what scales them has to be of a fitting size. */
  private static ByteBuffer blocks(GgufTensor tensor, TensorFormat format) {
    long size = format.bytes(tensor.shape().ne0()) * tensor.shape().rows();
    var bytes = new byte[Math.toIntExact(size)];
    new Random(tensor.name().hashCode()).nextBytes(bytes);
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (format) {
      case Q4_1 -> scale(buffer, 20, 0, 0.006f, -0.045f);
      case Q5_0 -> scale(buffer, 22, 0, 0.003f);
      case Q5_1 -> scale(buffer, 24, 0, 0.003f, -0.0465f);
      case Q2_K -> scale(buffer, 84, 80, 0.004f, 0.006f);
      case Q3_K -> scale(buffer, 110, 108, 0.0004f);
      case Q5_K -> scale(buffer, 176, 0, 5e-5f, 8e-4f);
      default -> throw new IllegalArgumentException(format.name());
    }
    return buffer;
  }

  private static void scale(ByteBuffer blocks, int block, int at, float... scales) {
    for (int from = 0; from < blocks.limit(); from += block) {
      for (int i = 0; i < scales.length; i++) {
        blocks.putShort(from + at + 2 * i, Float.floatToFloat16(scales[i]));
      }
    }
  }
}
