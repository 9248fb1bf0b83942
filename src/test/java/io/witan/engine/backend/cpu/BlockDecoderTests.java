package io.witan.engine.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the plain decoder to what ggml made of the same bytes. */
class BlockDecoderTests {
  private static final JsonNode BLOCKS = read();

  private static JsonNode read() {
    try (var in =
        BlockDecoderTests.class.getResourceAsStream("/io/witan/engine/ggml-blocks.json")) {
      return JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> formats() {
    return BLOCKS.propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void blocksBecomeTheNumbersOfTheirFormat(String name) {
    byte[] bytes = HexFormat.of().parseHex(BLOCKS.path(name).path("block").asString());
    var expected = BLOCKS.path(name).path("numbers");
    var data = Arena.ofAuto().allocate(bytes.length);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, data, 0, bytes.length);

    var numbers = new float[expected.size()];
    BlockDecoder.of(TensorFormat.valueOf(name), name).decode(data, 0, numbers.length, numbers, 0);

    assertThat(numbers).hasSizeGreaterThanOrEqualTo(64);
    for (int i = 0; i < numbers.length; i++) {
      double wanted = expected.get(i).asDouble();
      assertThat((double) numbers[i]).as("number %d", i).isCloseTo(wanted, within(1e-6));
    }
  }
}
