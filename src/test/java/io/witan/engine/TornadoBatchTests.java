package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.backend.KvFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that share weights' reads with others get what they get alone, to the bit. */
class TornadoBatchTests {
  /** Rows of one step: blocks of four, of sixteen, and what remains. */
  private static final int[] LENGTHS = {11, 1, 3, 6};

  private static final int NEXT = 7;

  @ParameterizedTest
  @ValueSource(strings = {"dbrx-f32", "dbrx-k-q4_k_m", "dbrx-q8_0", "qwen2moe-f32", "mpt-f32"})
  void logitsInABatchAreThoseOfEachRowAloneToTheBit(String name) {
    try (var model = open(name)) {
      var alone = new ArrayList<float[]>();
      for (int i = 0; i < LENGTHS.length; i++) {
        alone.add(tokenByToken(model, prompt(i)));
      }
      var sessions = new ArrayList<Session>();
      var prompts = new ArrayList<StepPart>();
      for (int i = 0; i < LENGTHS.length; i++) {
        var session = model.newSession();
        sessions.add(session);
        prompts.add(StepPart.prompt(session, prompt(i), StepPart.Logits.LAST));
      }
      model.step(prompts);
      int[] next = new int[LENGTHS.length];
      Arrays.fill(next, NEXT);
      model.advance(List.copyOf(sessions), next);

      for (int i = 0; i < LENGTHS.length; i++) {
        assertThat(sessions.get(i).logits()).as("sequence %d", i).containsExactly(alone.get(i));
        sessions.get(i).close();
      }
    }
  }

  private static float[] tokenByToken(LanguageModel model, int[] prompt) {
    try (var session = model.newSession()) {
      for (int token : prompt) {
        session.append(new int[] {token});
      }
      session.advance(NEXT);
      return session.logits().clone();
    }
  }

  private static int[] prompt(int sequence) {
    int[] tokens = new int[LENGTHS[sequence]];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (sequence * 37 + i * 11 + 5) % 200;
    }
    return tokens;
  }

  private static LanguageModel open(String name) {
    return LanguageModel.load(
        Fixtures.path("models/" + name + ".gguf"),
        EngineOptions.defaults().withThreads(2).withBackend("tornado").withKvFormat(KvFormat.F16));
  }
}
