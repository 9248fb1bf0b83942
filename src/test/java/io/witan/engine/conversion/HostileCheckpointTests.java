package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from strangers end in an {@link EngineException} or are read; nothing else happens. */
class HostileCheckpointTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}{}",
        "{\"t\": 3}",
        "{\"t\": {}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 9]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [\"2\"], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [4294967296, 4294967296], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [1,1,1,1,1,1,1,1,2], \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [1e300, 8]}}",
        "{\"t\": {\"dtype\": 7, \"shape\": [2], \"data_offsets\": [0, 8]}}",
        "{\"t\": null, \"t\": null}"
      })
  void headersThatMakeNoSenseAreRefused(String header) {
    assertThatThrownBy(() -> SafetensorsFile.parse(file(header), "f"))
        .isInstanceOf(EngineException.InvalidFile.class);
  }

  @Test
  void aSoundHeaderIsRead() {
    var tensors =
        SafetensorsFile.parse(
            file("{\"t\": {\"dtype\": \"F32\", \"shape\": [1, 2], \"data_offsets\": [0, 8]}}"),
            "f");

    assertThat(tensors).hasSize(1);
    assertThat(tensors.getFirst().squeezed()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 9, Long.MAX_VALUE, Long.MIN_VALUE, 100_000_001})
  void lengthsOfHeadersThatLieAreRefused(long length) {
    var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

    assertThatThrownBy(() -> SafetensorsFile.parse(MemorySegment.ofArray(bytes.array()), "f"))
        .isInstanceOf(EngineException.InvalidFile.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01", "1.", "+1", "NaN", "tru", "\"\\x\"", "\"\\u12g4\"", "\"\n\"", "[1,]", "{\"a\":1,}",
        "{a:1}", "[1 2]", "'a'", "\"", "\"\\", "\"\\u12", "-", "1e", "// c", "[1]x"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.read(text, "f"))
        .isInstanceOf(EngineException.InvalidFile.class);
  }

  @Test
  void deepJsonIsRefused() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000), "f"))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("levels");
  }

  @Test
  void stringsKeepTheirEscapes() {
    assertThat(JsonReader.read(" \"a\\u00e9\\n\\\"\\uD83D\\uDE00b\" ", "f"))
        .isEqualTo(new Json.Text("a\u00e9\n\"\uD83D\uDE00b"));
  }

  @Test
  void randomBytesAreNoTokenizer() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[0] = 10;
      }
      try {
        SentencePieceModel.read(bytes, "f");
      } catch (EngineException expected) {
        assertThat(expected).hasMessageContaining("f");
      }
    }
  }

  private static MemorySegment file(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return MemorySegment.ofArray(bytes.array());
  }
}
