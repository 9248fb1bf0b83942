package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.EngineOptions;
import io.witan.engine.Fixtures;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelConversion;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufMetadata;
import io.witan.engine.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder with the weights of a fixture becomes that fixture again. */
class FixtureConversionTests {
  /**
   * The fixtures were not written by the converter: these it leaves out, defaults saying the same.
   */
  private static final Set<String> LEFT_OUT = Set.of("vocab_size", "rope.dimension_count");

  /** These it writes in addition. */
  private static final Set<String> ADDED =
      Set.of(
          "general.type",
          "general.quantization_version",
          "tokenizer.ggml.add_space_prefix",
          "rope.dimension_count",
          "attention.sliding_window");

  /**
   * The name comes from the folder; the converter computes the factor of Phi-3's scores, the
   * fixture has one of its own.
   */
  private static final Set<String> DIFFERENT =
      Set.of("general.name", "rope.scaling.attn_factor", "general.file_type");

  /** In floats, as in the converter; the fixture has it from doubles. */
  private static final String COMPUTED = "rope_freqs.weight";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbrx",
        "llama",
        "mixtral",
        "qwen2",
        "qwen2moe",
        "qwen3moe",
        "olmoe",
        "phi3",
        "granitemoe",
        "gemma",
        "mpt",
        "grok"
      })
  void aFixtureMadeACheckpointBecomesTheFixtureAgain(String name) throws IOException {
    var fixture = Fixtures.path("models/" + name + "-f32.gguf");
    var out = converted(fixture, "f32");

    try (var expected = GgufFile.open(fixture);
        var actual = GgufFile.open(out)) {
      compareTensors(actual, expected);
      compareMetadata(actual.metadata(), expected.metadata());
    }
    if (!name.equals("phi3")) {
      float tolerance = name.equals("llama") ? 1e-4f : 0;
      assertThat(logits(out)).containsExactly(logits(fixture), within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbrx-f16",
        "llama-f16",
        "dbrx-q8_0",
        "llama-q8_0",
        "mixtral-q8_0",
        "granitemoe-q8_0",
        "qwen2moe-q8_0",
        "qwen3moe-q8_0",
        "grok-q8_0"
      })
  void smallerFormatsAreThoseThatLlamaCppWrote(String name) throws IOException {
    String family = name.substring(0, name.indexOf('-'));
    var out =
        converted(
            Fixtures.path("models/" + family + "-f32.gguf"), name.substring(family.length() + 1));

    try (var expected = GgufFile.open(Fixtures.path("models/" + name + ".gguf"));
        var actual = GgufFile.open(out)) {
      compareTensors(actual, expected);
      assertThat(actual.metadata().intValue("general.file_type"))
          .isEqualTo(expected.metadata().intValue("general.file_type"));
    }
  }

  private Path converted(Path fixture, String format) throws IOException {
    var checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (var file = GgufFile.open(fixture)) {
      FixtureCheckpoint.write(file, checkpoint);
    }
    var out = folder.resolve("out.gguf");
    ModelConversion.convert(checkpoint, out, format, (tensor, number, count) -> {});
    return out;
  }

  private static void compareTensors(GgufFile actual, GgufFile expected) {
    assertThat(names(actual)).isEqualTo(names(expected));
    for (var tensor : expected.tensors()) {
      var found = actual.tensor(tensor.name());
      assertThat(found.shape()).as(tensor.name()).isEqualTo(tensor.shape());
      assertThat(found.format()).as(tensor.name()).isEqualTo(tensor.format());
      if (tensor.name().equals(COMPUTED)) {
        assertThat(floats(found)).containsExactly(floats(tensor), within(1e-6f));
        continue;
      }
      assertThat(found.data().mismatch(tensor.data())).as(tensor.name()).isEqualTo(-1);
    }
  }

  private static float[] floats(GgufTensor tensor) {
    return tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
  }

  private static Set<String> names(GgufFile file) {
    return file.tensors().stream()
        .map(GgufTensor::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void compareMetadata(GgufMetadata actual, GgufMetadata expected) {
    String prefix = expected.string("general.architecture") + ".";
    for (String key : expected.keys()) {
      String bare = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
      if (DIFFERENT.contains(bare) || (LEFT_OUT.contains(bare) && !actual.has(key))) {
        continue;
      }
      assertThat(value(actual, key)).as(key).isEqualTo(value(expected, key));
    }
    for (String key : actual.keys()) {
      String bare = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
      assertThat(expected.has(key) || ADDED.contains(bare)).as(key).isTrue();
    }
  }

  private static Object value(GgufMetadata metadata, String key) {
    if (!metadata.has(key) || !metadata.isArray(key)) {
      return metadata.describe(key);
    }
    return switch (key) {
      case "tokenizer.ggml.tokens", "tokenizer.ggml.merges" -> metadata.strings(key);
      case "tokenizer.ggml.scores" -> metadata.floats(key);
      default -> metadata.ints(key);
    };
  }

  private static float[] logits(Path file) {
    try (var model = LanguageModel.load(file, EngineOptions.defaults().withContextTokens(64));
        var session = model.newSession()) {
      session.append(new int[] {3, 300, 77, 5, 401, 19, 260, 12});
      return session.logits().clone();
    }
  }
}
