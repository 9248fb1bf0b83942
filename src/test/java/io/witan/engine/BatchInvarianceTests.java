package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sequence generates does not depend on its company, its cutting or the threads. */
class BatchInvarianceTests {
  private static final int TOKENS = 12;

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"q8_0", "q4_0", "q4_k", "bf16"})
  void logitsAreTheSameToTheBitAloneAndTogether(String format) {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "dbrx", 2, 256, 8, 2, format, 7);
    var prompts = prompts(7);
    var options = EngineOptions.defaults().withContextTokens(256).withCacheTokens(4096);
    List<List<float[]>> alone = new ArrayList<>();
    try (var model = LanguageModel.load(path, options.withThreads(1))) {
      for (int[] prompt : prompts) {
        alone.add(generate(model, List.of(prompt)).getFirst());
      }
    }

    List<List<float[]>> together;
    try (var model = LanguageModel.load(path, options.withThreads(3))) {
      together = generate(model, prompts);
    }

    for (int i = 0; i < prompts.size(); i++) {
      for (int j = 0; j < TOKENS; j++) {
        assertThat(together.get(i).get(j))
            .as("sequence %d, token %d", i, j)
            .isEqualTo(alone.get(i).get(j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 64})
  void aPromptMayBeCutAnywhere(int piece) {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "qwen3moe", 2, 256, 8, 2, "q8_0", 7);
    int[] prompt = prompts(1).getFirst();
    try (var model = LanguageModel.load(path, EngineOptions.defaults().withContextTokens(256));
        var whole = model.newSession();
        var cut = model.newSession()) {
      whole.append(prompt);

      for (int from = 0; from < prompt.length; from += piece) {
        cut.append(
            java.util.Arrays.copyOfRange(prompt, from, Math.min(prompt.length, from + piece)));
      }

      assertThat(cut.logits()).isEqualTo(whole.logits());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q8_0", "q4_k"})
  void aPromptMayBeCutBesideOthersThatGenerate(String format) {
    var path = folder.resolve("model.gguf");
    SyntheticModels.write(path, "dbrx", 2, 256, 8, 2, format, 7);
    var prompts = prompts(2);
    try (var model = LanguageModel.load(path, EngineOptions.defaults().withContextTokens(512));
        var alone = model.newSession();
        var cut = model.newSession();
        var aloneOther = model.newSession();
        var other = model.newSession()) {
      alone.append(prompts.getFirst());
      other.append(prompts.getLast());
      aloneOther.append(prompts.getLast());

      int[] prompt = prompts.getFirst();
      for (int from = 0; from < prompt.length; from += 13) {
        int to = Math.min(prompt.length, from + 13);
        int[] piece = java.util.Arrays.copyOfRange(prompt, from, to);
        var wanted = to == prompt.length ? StepPart.Logits.LAST : StepPart.Logits.NONE;
        model.step(List.of(StepPart.generated(other, from), StepPart.prompt(cut, piece, wanted)));
        aloneOther.advance(from);

        assertThat(other.logits()).isEqualTo(aloneOther.logits());
      }

      assertThat(cut.logits()).isEqualTo(alone.logits());
    }
  }

  /** The logits before each token that is generated greedily. */
  private static List<List<float[]>> generate(LanguageModel model, List<int[]> prompts) {
    var sessions = new ArrayList<Session>();
    List<List<float[]>> all = new ArrayList<>();
    for (int[] prompt : prompts) {
      var session = model.newSession();
      session.append(prompt);
      sessions.add(session);
      all.add(new ArrayList<>());
    }
    for (int i = 0; i < TOKENS; i++) {
      var tokens = new int[sessions.size()];
      for (int j = 0; j < tokens.length; j++) {
        float[] logits = sessions.get(j).logits();
        all.get(j).add(logits);
        for (int token = 1; token < logits.length; token++) {
          tokens[j] = logits[token] > logits[tokens[j]] ? token : tokens[j];
        }
      }
      model.advance(sessions, tokens);
    }
    sessions.forEach(Session::close);
    return all;
  }

  private static List<int[]> prompts(int count) {
    var random = new Random(3);
    var prompts = new ArrayList<int[]>();
    for (int i = 0; i < count; i++) {
      prompts.add(random.ints(70 + 9 * i, 0, 1000).toArray());
    }
    return prompts;
  }
}
