package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings choose, on the emulator. */
class EngineDeviceTests {
  private static final String MODEL = "models/dbrx-q8_0.gguf";
  private static final int[] TOKENS = {3, 5, 8, 13, 21};

  @BeforeEach
  void needsTheEmulator() {
    assumeThat(System.getenv("TORNADOVM_HOME")).as("the SDK").isNull();
  }

  private static EngineOptions options(String backend, @Nullable String device, long memory) {
    return EngineOptions.defaults()
        .on(backend, device, memory)
        .withThreads(1)
        .withContextTokens(64);
  }

  private static float[] logits(EngineOptions options, EngineDevice[] used) {
    return logits(Fixtures.path(MODEL), options, used);
  }

  private static float[] logits(Path file, EngineOptions options, EngineDevice[] used) {
    try (var model = LanguageModel.load(file, options);
        var session = model.newSession()) {
      used[0] = model.device();
      session.append(TOKENS);
      return session.logits().clone();
    }
  }

  @Test
  void autoTakesNoDeviceThatIsAProcessorItself() {
    var used = new EngineDevice[1];

    logits(options("auto", null, 0), used);

    assertThat(used[0].backend()).isEqualTo("cpu");
    assertThat(used[0].reason()).contains("no device is a GPU", "0 TornadoVM emulator");
  }

  @Test
  void aDeviceThatIsNamedComputesWhatTheProcessorDoes() {
    var used = new EngineDevice[1];
    float[] expected = logits(options("cpu", null, 0), used);
    assertThat(used[0]).isEqualTo(EngineDevice.processor(null));

    for (var name : new String[] {"0", "EMULATOR"}) {
      float[] logits = logits(options("auto", name, 0), used);

      assertThat(used[0].backend()).isEqualTo("tornado");
      assertThat(used[0].reason()).isNull();
      assertThat(used[0].budgetBytes()).isPositive().isLessThan(used[0].memoryBytes());
      for (int i = 0; i < logits.length; i++) {
        assertThat(logits[i]).isBetween(expected[i] - 2e-3f, expected[i] + 2e-3f);
      }
    }
  }

  @Test
  void whatTheDeviceCannotHoldGoesToTheProcessorOrIsRefused() {
    var used = new EngineDevice[1];

    logits(options("auto", "emulator", 10_000), used);

    assertThat(used[0].backend()).isEqualTo("cpu");
    assertThat(used[0].reason()).contains("TornadoVM emulator", "weights", "1 MB may be taken");
    assertThatThrownBy(() -> logits(options("tornado", "emulator", 10_000), used))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("may be taken");
  }

  @Test
  void whatHasNoKernelsGoesToTheProcessorOrIsRefused(@TempDir Path folder) {
    var used = new EngineDevice[1];
    var file = folder.resolve("many.gguf");
    SyntheticModels.write(file, "dbrx", 1, 256, 66, 65, "q4_0", 1);

    logits(file, options("auto", "0", 0), used);

    assertThat(used[0].backend()).isEqualTo("cpu");
    assertThat(used[0].reason()).contains("a choice of 65 experts has no TornadoVM kernel");
    assertThatThrownBy(() -> logits(file, options("tornado", "0", 0), used))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("a choice of 65 experts has no TornadoVM kernel");
  }

  @Test
  void moreExpertsThanAreJoinedTogetherAreComputedToo(@TempDir Path folder) {
    var used = new EngineDevice[1];
    var file = folder.resolve("nine.gguf");
    SyntheticModels.write(file, "dbrx", 1, 256, 12, 9, "q8_0", 3);
    float[] expected = logits(file, options("cpu", null, 0), used);

    float[] logits = logits(file, options("tornado", "0", 0), used);

    assertThat(used[0].backend()).isEqualTo("tornado");
    for (int i = 0; i < expected.length; i++) {
      assertThat(logits[i]).isBetween(expected[i] - 2e-3f, expected[i] + 2e-3f);
    }
  }

  @Test
  void aDeviceThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> EngineDevice.choose(options("tornado", "H200", 0)))
        .hasMessageContaining("no device H200")
        .hasMessageContaining("0 TornadoVM emulator");
    assertThat(EngineDevice.choose(options("auto", "7", 0)).reason()).contains("no device 7");
    assertThatThrownBy(() -> EngineDevice.choose(options("cuda", null, 0)))
        .hasMessageContaining("no back end cuda");
  }
}
