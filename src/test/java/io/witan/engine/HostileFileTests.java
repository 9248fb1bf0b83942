package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.template.ChatTemplate;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files from strangers: whatever is in them, the answer is a model or an {@link EngineException},
 * soon, and never an error of the machine. The seeds are fixed.
 */
class HostileFileTests {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final long[] HUGE = {
    -1, 1L << 61, 0x7FFFFFFF, Long.MAX_VALUE, 1L << 32, 0, 1L << 40
  };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"models/dbrx-q4_0.gguf", "models/llama-q4_0.gguf"})
  void changedBytesAreNoticedOrHarmless(String model) throws IOException {
    byte[] sound = Files.readAllBytes(Fixtures.path(model));
    int header = headerBytes(Fixtures.path(model), sound.length);
    var random = new Random(20250307);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          int refused = 0;
          for (int round = 0; round < 500; round++) {
            byte[] changed = sound.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
              int at = random.nextInt(round % 2 == 0 ? 400 : header);
              changed[at] = interesting(random, changed[at]);
            }
            refused += survives(changed) ? 0 : 1;
          }
          assertThat(refused).isBetween(50, 499);
        });
  }

  @Test
  void hugeNumbersInEveryPlaceAreNoticedOrHarmless() throws IOException {
    byte[] sound = Files.readAllBytes(small());
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int at = 4; at + 8 <= sound.length; at++) {
            for (int i = 0; i < 2; i++) {
              long value = HUGE[(2 * at + i) % HUGE.length];
              byte[] changed = sound.clone();
              ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
              survives(changed);
            }
          }
        });
  }

  @Test
  void everyTruncationOfASmallFileIsRefused() throws IOException {
    byte[] sound = Files.readAllBytes(small());
    for (int length = 0; length < sound.length - 31; length++) {
      assertThat(survives(Arrays.copyOf(sound, length))).as("%d bytes", length).isFalse();
    }
    assertThat(survives(sound)).isTrue();
  }

  @Test
  void tensorsMayNotOverlapNorEndOutside() throws IOException {
    byte[] sound = Files.readAllBytes(small());
    int second = indexOf(sound, "second".getBytes(StandardCharsets.UTF_8));
    // after the name: dimensions, one extent, format, offset
    int offset = second + "second".length() + 4 + 8 + 4;
    for (var expected :
        Map.of(
                0L,
                "overlaps",
                16L,
                "multiple of 32",
                1L << 40,
                "past the end",
                -32L,
                "overlaps",
                Long.MIN_VALUE,
                "overlaps")
            .entrySet()) {
      byte[] changed = sound.clone();
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, expected.getKey());
      assertThatThrownBy(() -> open(changed))
          .as("offset %d", expected.getKey())
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining(expected.getValue());
    }
  }

  @Test
  void aTextThatIsNotUtf8IsRefused() throws IOException {
    for (String name : List.of("second", "an.array", "général", "Ġtoken")) {
      byte[] changed = Files.readAllBytes(small());
      changed[indexOf(changed, name.getBytes(StandardCharsets.UTF_8))] = (byte) 0xFF;
      assertThatThrownBy(() -> read(changed))
          .as(name)
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining("not UTF-8");
    }
  }

  private static String render(String template) {
    return ChatTemplate.of(template, Clock.systemUTC())
        .render(Map.of("messages", List.of(Map.of("role", "user", "content", "Hi"))));
  }

  /** Two tensors, every kind of metadata, and a tokenizer. */
  private Path small() {
    var path = folder.resolve("small.gguf");
    new GgufWriter()
        .string("tokenizer.ggml.model", "gpt2")
        .string("tokenizer.ggml.pre", "gpt-2")
        .strings("tokenizer.ggml.tokens", List.of("a", "Ġtoken"))
        .strings("tokenizer.ggml.merges", List.of("a b"))
        .string("général", "value")
        .unsigned("a.count", 3)
        .real("a.real", 1)
        .flag("a.flag", true)
        .ints("an.array", 1, 2, 3)
        .tensor("first", Shape.of(8), TensorFormat.F32, c -> c.write(ByteBuffer.allocate(32)))
        .tensor("second", Shape.of(32), TensorFormat.Q8_0, c -> c.write(ByteBuffer.allocate(34)))
        .write(path);
    return path;
  }

  private static byte interesting(Random random, byte old) {
    return switch (random.nextInt(5)) {
      case 0 -> (byte) 0xFF;
      case 1 -> 0;
      case 2 -> (byte) (old ^ 1 << random.nextInt(8));
      case 3 -> 0x7F;
      default -> (byte) random.nextInt();
    };
  }

  private static int headerBytes(Path model, int length) {
    try (var file = GgufFile.open(model)) {
      long data = file.tensors().stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
      return (int) (length - data);
    }
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    for (int at = 0; at + sought.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    throw new AssertionError("not in the file");
  }

  private boolean survives(byte[] content) throws IOException {
    try {
      read(content);
      return true;
    } catch (EngineException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    }
  }

  private void open(byte[] content) throws IOException {
    GgufFile.open(Files.write(folder.resolve("hostile.gguf"), content)).close();
  }

  /** Reads all that a file offers. */
  private void read(byte[] content) throws IOException {
    var path = Files.write(folder.resolve("hostile.gguf"), content);
    try (var model = ModelFile.open(path)) {
      model.inspect();
      model.metadata();
      model.tensors();
      model.detokenize(model.tokenize("Hello, wörld! 12345 <|im_end|>", true, true));
    }
    try (var file = GgufFile.open(path)) {
      for (var tensor : file.tensors()) {
        var data = tensor.data();
        assertThat(data.get(ValueLayout.JAVA_BYTE, data.byteSize() - 1))
            .isBetween(Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
      var template = file.metadata().findString("tokenizer.chat_template");
      if (template.isPresent()) {
        render(template.get());
      }
    }
  }
}
