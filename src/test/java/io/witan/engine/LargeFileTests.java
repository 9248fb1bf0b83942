package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tensor of more than two gibibytes. Takes 2.3 GB of disk, so it runs only when it is asked to:
 * {@code -Dwitan.tests.large=true}.
 */
@EnabledIfSystemProperty(named = "witan.tests.large", matches = "true")
class LargeFileTests {
  private static final int WIDTH = 256;
  private static final int ROW_BYTES = 4 * WIDTH;

  /** Rows of the one large tensor; the first that lies past 2³¹ bytes is 2,097,152. */
  private static final int TOKENS = 2_200_000;

  private static final float EPSILON = 1e-5f;

  @TempDir private Path folder = Path.of(".");

  @Test
  void weightsPastTwoGibibytesAreRead() throws IOException {
    var path = folder.resolve("large.gguf");
    write(path);
    assertThat(Files.size(path)).isGreaterThan((1L << 31) + 100_000_000);

    var options = EngineOptions.defaults().withContextTokens(64).withCacheTokens(128);
    try (var model = LanguageModel.load(path, options);
        var prompt = model.newSession();
        var generated = model.newSession()) {
      for (int token : new int[] {5, 2_097_151, 2_097_152, TOKENS - 1}) {
        prompt.append(new int[] {token});
        generated.advance(token);

        for (var session : new Session[] {prompt, generated}) {
          assertThat(session.logits()).hasSize(TOKENS);
          for (int row = token % 3; row < TOKENS; row += row < 2_097_000 ? 9973 : 1) {
            assertThat((double) session.logits()[row])
                .as("logit %d after token %d", row, token)
                .isCloseTo(expected(token, row), within(1e-3));
          }
        }
      }
    }
  }

  /** The block adds nothing, so a logit is the product of the normed row of one and another. */
  private static double expected(int token, int row) {
    double squares = 0;
    double product = 0;
    for (int column = 0; column < WIDTH; column++) {
      squares += Math.pow(weight(token, column), 2);
      product += (double) weight(token, column) * weight(row, column);
    }
    return product / Math.sqrt(squares / WIDTH + EPSILON);
  }

  /** Different for rows that are some multiple of 2³¹ or 2³² bytes apart. */
  private static float weight(int row, int column) {
    int mixed = (row * 0x9E3779B1 + column * 0x85EBCA6B) ^ row >>> 7;
    return (mixed >> 24) / 128f;
  }

  private static void write(Path path) {
    var writer =
        new GgufWriter()
            .string("general.architecture", "llama")
            .unsigned("llama.context_length", 64)
            .unsigned("llama.embedding_length", WIDTH)
            .unsigned("llama.block_count", 1)
            .unsigned("llama.feed_forward_length", WIDTH)
            .unsigned("llama.attention.head_count", 4)
            .real("llama.attention.layer_norm_rms_epsilon", EPSILON)
            .tensor(
                "token_embd.weight",
                Shape.of(WIDTH, TOKENS),
                TensorFormat.F32,
                LargeFileTests::writeRows);
    for (String name : "attn_q attn_k attn_v attn_output ffn_gate ffn_up ffn_down".split(" ")) {
      fill(writer, "blk.0." + name + ".weight", Shape.of(WIDTH, WIDTH), 0);
    }
    for (String name : new String[] {"blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"}) {
      fill(writer, name + ".weight", Shape.of(WIDTH), 1);
    }
    writer.write(path);
  }

  private static void fill(GgufWriter writer, String name, Shape shape, float value) {
    writer.tensor(
        name,
        shape,
        TensorFormat.F32,
        channel -> {
          var buffer = floats((int) shape.elements());
          for (int i = 0; i < shape.elements(); i++) {
            buffer.putFloat(value);
          }
          channel.write(buffer.flip());
        });
  }

  private static void writeRows(WritableByteChannel channel) throws IOException {
    var buffer = floats(1000 * WIDTH);
    for (int row = 0; row < TOKENS; row++) {
      for (int column = 0; column < WIDTH; column++) {
        buffer.putFloat(weight(row, column));
      }
      if (buffer.remaining() < ROW_BYTES || row == TOKENS - 1) {
        channel.write(buffer.flip());
        buffer.clear();
      }
    }
  }

  private static ByteBuffer floats(int count) {
    return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
  }
}
