package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row kernels read by address: after its model was closed, a session must not get that far. */
class ClosedModelTests {
  @TempDir private Path folder = Path.of(".");

  @Test
  void aSessionOfAClosedModelIsRefused() {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "dbrx", 1, 256, 4, 2, "q8_0", 3);
    var model = LanguageModel.load(path, EngineOptions.defaults().withContextTokens(64));
    var session = model.newSession();
    session.append(new int[] {1, 2, 3});

    model.close();

    assertThatThrownBy(() -> session.advance(4)).isInstanceOf(EngineException.Closed.class);
    assertThatThrownBy(() -> session.append(new int[] {4, 5}))
        .isInstanceOf(EngineException.Closed.class);
  }
}
