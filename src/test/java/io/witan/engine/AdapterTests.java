package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters give what the merged model gives. */
class AdapterTests {
  private static final int RANK = AdapterFiles.RANK;
  private static final int[] PROMPT = {5, 300, 7, 9000, 41, 41, 2};
  private static final List<String> ALL =
      List.of(
          "blk.0.attn_qkv",
          "blk.1.attn_output",
          "blk.0.ffn_gate_exps",
          "blk.0.ffn_up_exps",
          "blk.1.ffn_down_exps",
          "blk.1.ffn_gate_inp",
          "token_embd",
          "output");

  @TempDir private Path folder = Path.of(".");
  private Path base = folder;

  @BeforeEach
  void writeModel() {
    base = folder.resolve("base.gguf");
    SyntheticModels.write(base, "dbrx", 2, 256, 4, 2, "f32", 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blk.0.attn_qkv", "blk.0.attn_output", "blk.0.ffn_gate_exps", "blk.0.ffn_up_exps",
        "blk.1.ffn_down_exps", "blk.1.ffn_gate_inp", "token_embd", "output"
      })
  void eachMatrixChangesAsIfItWereMerged(String matrix) {
    check(List.of(matrix));
  }

  @Test
  void allTogetherChangeAsIfTheyWereMerged() {
    check(ALL);
  }

  /** As a prompt, and one generated token after the other. */
  private void check(List<String> matrices) {
    var adapter = adapter("adapter.gguf", matrices, 1);
    var merged = merged(adapter, matrices);
    try (var plain = LanguageModel.load(base, options());
        var whole = LanguageModel.load(merged, options());
        var loaded = plain.loadAdapter(adapter)) {
      assertThat(loaded.matrices()).isEqualTo(matrices.size());
      float[][] expected = run(whole, null);
      float[][] actual = run(plain, loaded);
      float[][] without = run(plain, null);

      for (int i = 0; i < expected.length; i++) {
        assertThat(largestDifference(expected[i], actual[i])).as("step %d", i).isLessThan(1e-4);
        assertThat(largestDifference(without[i], actual[i])).as("step %d", i).isGreaterThan(1e-3);
      }
    }
  }

  /** The logits after the prompt and after each of three tokens. */
  private static float[][] run(LanguageModel model, @Nullable ModelAdapter adapter) {
    var logits = new float[4][];
    try (var session = model.newSession(model.pages(), adapter)) {
      session.append(PROMPT);
      logits[0] = session.logits();
      for (int i = 1; i < logits.length; i++) {
        session.advance(100 + i);
        logits[i] = session.logits();
      }
    }
    return logits;
  }

  @Test
  void sequencesOfABatchHaveTheirOwn() {
    try (var model = LanguageModel.load(base, options());
        var first = model.loadAdapter(adapter("first.gguf", ALL, 1));
        var second = model.loadAdapter(adapter("second.gguf", List.of("blk.0.attn_qkv"), 2))) {
      float[][] none = run(model, null);
      float[][] one = run(model, first);
      float[][] two = run(model, second);

      try (var a = model.newSession(model.pages(), first);
          var b = model.newSession();
          var c = model.newSession(model.pages(), second)) {
        var sessions = List.of(a, b, c);
        model.step(
            sessions.stream()
                .map(session -> StepPart.prompt(session, PROMPT, StepPart.Logits.LAST))
                .toList());
        for (int i = 0; i < none.length; i++) {
          assertThat(a.logits()).as("step %d", i).isEqualTo(one[i]);
          assertThat(b.logits()).as("step %d", i).isEqualTo(none[i]);
          assertThat(c.logits()).as("step %d", i).isEqualTo(two[i]);
          int next = 101 + i;
          model.advance(sessions, new int[] {next, next, next});
        }
      }
    }
  }

  @Test
  void whenItIsClosedItsPlaceIsTakenByTheNext() {
    var path = adapter("adapter.gguf", ALL, 1);
    try (var model = LanguageModel.load(base, options())) {
      float[][] before = run(model, null);
      var first = model.loadAdapter(path);
      float[][] with = run(model, first);
      var late = model.newSession(model.pages(), first);
      first.close();
      first.close();

      assertThatThrownBy(() -> late.append(PROMPT)).hasMessageContaining("adapter is closed");
      assertThat(run(model, null)).isDeepEqualTo(before);
      try (var again = model.loadAdapter(path)) {
        assertThat(run(model, again)).isDeepEqualTo(with);
      }
      late.close();
    }
  }

  @Test
  void whatIsNoAdapterOfTheModelIsRefusedByName() {
    var other = folder.resolve("other.gguf");
    SyntheticModels.write(other, "qwen3moe", 2, 256, 4, 2, "f32", 3);
    var adapter = adapter("adapter.gguf", List.of("blk.0.attn_qkv"), 1);
    try (var model = LanguageModel.load(base, options());
        var stranger = LanguageModel.load(other, options());
        var loaded = model.loadAdapter(adapter)) {
      assertThatThrownBy(() -> stranger.loadAdapter(adapter))
          .hasMessageContaining("was made for dbrx, not for qwen3moe");
      assertThatThrownBy(() -> model.loadAdapter(base)).hasMessageContaining("is no LoRA adapter");
      assertThatThrownBy(() -> stranger.newSession(stranger.pages(), loaded))
          .hasMessageContaining("another model");
      assertThatThrownBy(() -> model.loadAdapter(strange("blk.9.attn_qkv.weight")))
          .hasMessageContaining("changes blk.9.attn_qkv.weight, which the model lacks");
      assertThatThrownBy(() -> model.loadAdapter(strange("blk.0.attn_output.weight")))
          .hasMessageContaining("has the shape");
    }
    try (var scalar = LanguageModel.load(base, options().withBackend("cpu-scalar"))) {
      assertThatThrownBy(() -> scalar.loadAdapter(adapter))
          .isInstanceOf(EngineException.Unsupported.class)
          .hasMessageContaining("does not run adapters");
    }
  }

  private Path strange(String matrix) {
    var path = folder.resolve("strange.gguf");
    var writer = AdapterFiles.description();
    AdapterFiles.random(writer, matrix + ".lora_a", Shape.of(128, RANK), 1);
    AdapterFiles.random(writer, matrix + ".lora_b", Shape.of(RANK, 128), 1);
    writer.write(path);
    return path;
  }

  private Path adapter(String name, List<String> matrices, int seed) {
    return AdapterFiles.write(base, folder.resolve(name), matrices, seed);
  }

  private Path merged(Path adapter, List<String> matrices) {
    return AdapterFiles.merged(base, adapter, folder.resolve("merged.gguf"), matrices);
  }

  private static EngineOptions options() {
    return EngineOptions.defaults()
        .withThreads(2)
        .withContextTokens(64)
        .withCacheTokens(512)
        .withCacheFormat("f32");
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }
}
