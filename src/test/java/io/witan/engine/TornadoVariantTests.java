package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.backend.KvFormat;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Families, and forms of families, that no fixture has, on the device. */
class TornadoVariantTests {
  private static final int[] PROMPT = {5, 17, 3, 41, 60, 2, 9};

  @TempDir private Path folder = Path.of(".");

  static Set<String> variants() {
    return FamilyVariants.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void logitsAreThoseOfTheProcessor(String variant) {
    var path = folder.resolve("tiny.gguf");
    FamilyVariants.write(variant, path);
    float[] expected = logits(path, "cpu-scalar");

    float[] actual = logits(path, "tornado");

    assertThat(expected).doesNotContain(Float.NaN);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).as("logit %d", i).isLessThan(1e-4f);
    }
  }

  private static float[] logits(Path path, String backend) {
    var options =
        EngineOptions.defaults()
            .withThreads(1)
            .withBackend(backend)
            .withKvFormat(KvFormat.F32)
            .withContextTokens(FamilyVariants.CONTEXT)
            .withCacheTokens(FamilyVariants.CONTEXT);
    try (var model = LanguageModel.load(path, options);
        var session = model.newSession()) {
      session.append(PROMPT);
      session.advance(11);
      return session.logits().clone();
    }
  }
}
