package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.architecture.Architecture;
import io.witan.engine.architecture.Architectures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds families and forms of families without a fixture to the last logits that llama.cpp 0.5.0
 * had for the same tiny models with its defaults (a cache of half floats).
 */
class FamilyVariantTests {
  /** Rounding of the peer's half-float cache and of its table of GELU: 5e-3 of 3 at most. */
  private static final double TOLERANCE = 0.01;

  private static final int[] TOKENS = {
    72, 101, 108, 108, 111, 44, 32, 119, 111, 114, 108, 100, 33, 5, 270, 13
  };

  private static final Set<String> WITH_FIXTURE =
      Set.of(
          "dbrx",
          "llama",
          "qwen2moe",
          "qwen3moe",
          "qwen2",
          "olmoe",
          "phi3",
          "granitemoe",
          "gemma",
          "mpt",
          "grok");

  @TempDir private Path folder = Path.of(".");

  static Set<String> variants() {
    return FamilyVariants.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void logitsAreThoseOfThePeer(String variant) {
    var path = folder.resolve("tiny.gguf");
    Objects.requireNonNull(FamilyVariants.all().get(variant)).get().write(path);
    var expected = recorded().path(variant);
    for (String backend : List.of("cpu-scalar", "cpu")) {
      var options =
          EngineOptions.defaults()
              .withThreads(1)
              .withContextTokens(FamilyVariants.CONTEXT)
              .withBackend(backend);
      try (var model = LanguageModel.load(path, options);
          var session = model.newSession()) {
        session.append(TOKENS);
        float[] logits = session.logits();

        assertThat(logits).hasSize(expected.size());
        for (int i = 0; i < logits.length; i++) {
          assertThat((double) logits[i])
              .as("%s, logit %d", backend, i)
              .isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void everyFamilyIsHeldToThePeer() {
    var held = new HashSet<>(WITH_FIXTURE);
    for (String variant : variants()) {
      held.add(variant.equals("grok-2") ? "grok" : variant.replaceFirst("-.*", ""));
    }
    assertThat(Architectures.all().stream().map(Architecture::name))
        .containsExactlyInAnyOrderElementsOf(held);
  }

  private static JsonNode recorded() {
    try (var in = FamilyVariantTests.class.getResourceAsStream("family-logits.json")) {
      return JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
