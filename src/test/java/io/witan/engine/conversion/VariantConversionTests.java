package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.FamilyVariants;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelConversion;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder with the weights of a family variant becomes that variant again, whose logits are held
 * to llama.cpp's elsewhere.
 */
class VariantConversionTests {
  /** Their factors of positions, or of scores, are computed and not those of the variant. */
  private static final Set<String> OTHER_POSITIONS =
      Set.of("exaone", "phimoe", "phi3-long-partial");

  @TempDir private Path folder;

  static Set<String> variants() {
    return VariantConfig.CLASSES.keySet();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aVariantMadeACheckpointBecomesTheVariantAgain(String variant) throws IOException {
    var original = folder.resolve("original.gguf");
    FamilyVariants.write(variant, original);
    var checkpoint = checkpoint(variant, original);
    var out = folder.resolve("out.gguf");
    ModelConversion.convert(checkpoint, out, "f32", (tensor, number, count) -> {});

    try (var expected = GgufFile.open(original);
        var actual = GgufFile.open(out)) {
      assertThat(names(actual)).isEqualTo(names(expected));
      for (var tensor : expected.tensors()) {
        var found = actual.tensor(tensor.name());
        assertThat(found.shape()).as(tensor.name()).isEqualTo(tensor.shape());
        if (!tensor.name().equals("rope_freqs.weight")) {
          assertThat(found.data().mismatch(tensor.data())).as(tensor.name()).isEqualTo(-1);
        }
      }
      for (String key : expected.metadata().keys()) {
        if (!key.startsWith("tokenizer.") && !key.endsWith("attn_factor")) {
          assertThat(actual.metadata().describe(key))
              .as(key)
              .isEqualTo(expected.metadata().describe(key));
        }
      }
    }
    if (!OTHER_POSITIONS.contains(variant)) {
      assertThat(logits(out)).containsExactly(logits(original));
    }
  }

  @Test
  void aLayerWithoutExpertsNeedsItsWholeNetwork() throws IOException {
    var original = folder.resolve("original.gguf");
    FamilyVariants.write("deepseek", original);
    var checkpoint = checkpoint("deepseek", original);
    Map<String, Object> config;
    try (var file = GgufFile.open(original)) {
      config = new LinkedHashMap<>(VariantConfig.of("deepseek", file));
    }
    config.put("first_k_dense_replace", 0);
    SafetensorsBuilder.json(checkpoint.resolve("config.json"), config);

    assertThatThrownBy(() -> convert(checkpoint))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("model.layers.0.mlp.gate.weight");

    config.put("first_k_dense_replace", 1);
    config.put("norm_topk_prob", true);
    SafetensorsBuilder.json(checkpoint.resolve("config.json"), config);

    assertThatThrownBy(() -> convert(checkpoint))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("sum to one");
  }

  private void convert(Path checkpoint) {
    ModelConversion.convert(
        checkpoint, folder.resolve("out.gguf"), "f32", (tensor, number, count) -> {});
  }

  private Path checkpoint(String variant, Path original) throws IOException {
    var checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (var file = GgufFile.open(original)) {
      VariantCheckpoint.write(variant, file, checkpoint);
    }
    return checkpoint;
  }

  private static Set<String> names(GgufFile file) {
    return file.tensors().stream()
        .map(GgufTensor::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static float[] logits(Path file) {
    try (var model = LanguageModel.load(file, EngineOptions.defaults().withContextTokens(64));
        var session = model.newSession()) {
      session.append(new int[] {3, 200, 77, 5, 101, 19, 260, 12});
      return session.logits().clone();
    }
  }
}
