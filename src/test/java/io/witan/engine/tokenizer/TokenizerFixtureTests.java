package io.witan.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.Fixtures;
import io.witan.engine.gguf.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recorded case of every vocabulary must come out as llama.cpp has it. */
class TokenizerFixtureTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static List<String> vocabularies() throws IOException {
    try (var files = Files.list(Fixtures.path("tok"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreSixteenVocabularies() throws IOException {
    assertThat(vocabularies()).hasSize(16);
  }

  @ParameterizedTest
  @MethodSource("vocabularies")
  void encodesAndDecodesEveryCase(String name) throws IOException {
    var fixture = JSON.readTree(Files.readString(Fixtures.path("tok/" + name)));
    try (var file = GgufFile.open(vocabulary(fixture))) {
      var tokenizer = Tokenizer.of(file.metadata());
      var soft = new SoftAssertions();
      for (var expected : fixture.get("cases")) {
        String text =
            new String(
                HexFormat.of().parseHex(expected.get("hex").asString()), StandardCharsets.UTF_8);
        soft.assertThat(tokenizer.encode(text, false, false))
            .as("ids of %s", text)
            .isEqualTo(ids(expected, "ids"));
        soft.assertThat(tokenizer.encode(text, true, false))
            .as("ids_add_special of %s", text)
            .isEqualTo(ids(expected, "ids_add_special"));
        soft.assertThat(tokenizer.encode(text, true, true))
            .as("ids_add_parse_special of %s", text)
            .isEqualTo(ids(expected, "ids_add_parse_special"));
        soft.assertThat(HexFormat.of().formatHex(tokenizer.decodeBytes(ids(expected, "ids"))))
            .as("bytes of %s", text)
            .isEqualTo(expected.get("detok_hex").asString());
      }
      soft.assertAll();
      assertThat(fixture.get("cases").size()).isEqualTo(94);
    }
  }

  private static Path vocabulary(JsonNode fixture) {
    return Fixtures.path(fixture.get("vocab").asString());
  }

  private static int[] ids(JsonNode expected, String field) {
    return StreamSupport.stream(expected.get(field).spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }
}
