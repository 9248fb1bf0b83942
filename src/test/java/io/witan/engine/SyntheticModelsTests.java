package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticModelsTests {
  private static final int[] TOKENS = {10, 700, 47, 40_959, 10};

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @CsvSource({
    "dbrx, 8, dbrx",
    "llama, 0, llama",
    "mixtral, 8, llama",
    "qwen2moe, 8, qwen2moe",
    "qwen3moe, 8, qwen3moe"
  })
  void everyFamilyLoadsAndKeepsTheVarianceOfItsActivations(
      String family, int experts, String architecture) {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, family, 2, 256, experts, Math.min(2, experts), "q8_0", 3);

    try (var model = LanguageModel.load(path, EngineOptions.defaults().withContextTokens(64));
        var session = model.newSession()) {
      session.append(TOKENS);

      assertThat(model.description().architecture()).isEqualTo(architecture);
      assertThat(model.description().experts()).isEqualTo(experts);
      double squares = 0;
      for (float logit : session.logits()) {
        squares += (double) logit * logit;
      }
      assertThat(Math.sqrt(squares / session.logits().length)).isCloseTo(1, within(0.1));
    }
  }

  @Test
  void theSeedDecidesTheBytes() throws IOException {
    assertThat(Files.mismatch(written("a", 1), written("b", 1))).isEqualTo(-1);
    assertThat(Files.mismatch(written("a", 1), written("b", 2))).isNotEqualTo(-1);
  }

  @Test
  void impossibleShapesAreRefused() {
    for (String family : new String[] {"mixtral", "dbrx"}) {
      assertThatThrownBy(
              () -> SyntheticModels.write(folder.resolve("no"), family, 1, 256, 0, 0, "f32", 0))
          .isInstanceOf(EngineException.Unsupported.class)
          .hasMessageContaining(family + " has experts");
    }
  }

  private Path written(String name, long seed) {
    var path = folder.resolve(name + seed);
    SyntheticModels.write(path, "qwen3moe", 1, 256, 2, 1, "q4_k", seed);
    return path;
  }
}
