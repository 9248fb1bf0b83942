package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters on the device give what they give on the processor. */
class TornadoAdapterTests {
  private static final int[] PROMPT = {5, 300, 7, 41, 2};
  private static final int[] NEXT = {101, 17};
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

  /** A fused projection, one of the two sides of a gate, and what comes after it. */
  private static final List<String> SOME =
      List.of("blk.0.attn_qkv", "blk.1.ffn_up_exps", "blk.1.ffn_down_exps");

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
  void eachMatrixChangesAsOnTheProcessor(String matrix) {
    var path = adapter("adapter.gguf", List.of(matrix), 1);
    float[] with = alone("cpu", path);
    float[] without = alone("cpu", null);

    float[] actual = alone("tornado", path);

    assertThat(difference(actual, with)).isLessThan(1e-4);
    assertThat(difference(actual, without)).isGreaterThan(1e-3);
  }

  /** What an adapter adds comes beside what the weights' own kernels unpack. */
  @ParameterizedTest
  @ValueSource(strings = {"f16", "q8_0", "q4_0", "q4_k", "q6_k"})
  void quantisedWeightsChangeAsOnTheProcessor(String format) {
    SyntheticModels.write(base, "dbrx", 2, 256, 4, 2, format, 3);
    var path = adapter("adapter.gguf", ALL, 1);
    float[] with = alone("cpu", path);
    float[] without = alone("cpu", null);

    float[] actual = alone("tornado", path);

    assertThat(difference(actual, with)).isLessThan(1e-4);
    assertThat(difference(actual, without)).isGreaterThan(1e-3);
  }

  private float[] alone(String backend, @Nullable Path path) {
    try (var model = open(backend)) {
      var adapter = path == null ? null : model.loadAdapter(path);
      try (var session = model.newSession(model.pages(), adapter)) {
        session.append(new int[] {5, 300, 7});
        return session.logits().clone();
      }
    }
  }

  @Test
  void sequencesOfABatchHaveTheirOwn() {
    var first = adapter("first.gguf", ALL, 1);
    var second = adapter("second.gguf", SOME, 2);
    List<float[][]> expected = together("cpu", first, second);

    List<float[][]> actual = together("tornado", first, second);

    for (int step = 0; step < expected.size(); step++) {
      for (int i = 0; i < 3; i++) {
        assertThat(difference(actual.get(step)[i], expected.get(step)[i]))
            .as("step %d, sequence %d", step, i)
            .isLessThan(1e-4);
        assertThat(difference(actual.get(step)[i], expected.get(step)[(i + 1) % 3]))
            .as("step %d, sequence %d beside the next", step, i)
            .isGreaterThan(1e-3);
      }
    }
  }

  /** After a prompt and after each of some tokens: without an adapter, with each of two. */
  private List<float[][]> together(String backend, Path first, Path second) {
    var logits = new ArrayList<float[][]>();
    try (var model = open(backend);
        var one = model.loadAdapter(first);
        var two = model.loadAdapter(second);
        var a = model.newSession();
        var b = model.newSession(model.pages(), one);
        var c = model.newSession(model.pages(), two)) {
      var sessions = List.of(a, b, c);
      model.step(
          sessions.stream()
              .map(session -> StepPart.prompt(session, PROMPT, StepPart.Logits.LAST))
              .toList());
      logits.add(logitsOf(sessions));
      for (int token : NEXT) {
        model.advance(sessions, new int[] {token, token, token});
        logits.add(logitsOf(sessions));
      }
    }
    return logits;
  }

  /** Though their kernels are other ones while an adapter is there. */
  @Test
  void rowsWithoutStayTheSameToTheBit() {
    assumeThat(System.getenv("TORNADOVM_HOME")).as("the emulator").isNull();
    try (var model = open("tornado")) {
      float[] before = logits(model);
      try (var adapter = model.loadAdapter(adapter("adapter.gguf", ALL, 1))) {
        assertThat(adapter.matrices()).isEqualTo(ALL.size());
        assertThat(logits(model)).isEqualTo(before);
      }
      assertThat(logits(model)).isEqualTo(before);
    }
  }

  private static float[] logits(LanguageModel model) {
    try (var session = model.newSession()) {
      session.append(PROMPT);
      return session.logits().clone();
    }
  }

  @Test
  void whatRunsGoesOnWhenOthersComeAndGo() {
    var path = adapter("adapter.gguf", ALL, 1);
    List<float[][]> expected = comeAndGo("cpu", path);

    List<float[][]> actual = comeAndGo("tornado", path);

    for (int step = 0; step < expected.size(); step++) {
      for (int i = 0; i < expected.get(step).length; i++) {
        assertThat(difference(actual.get(step)[i], expected.get(step)[i]))
            .as("step %d, sequence %d", step, i)
            .isLessThan(1e-4);
      }
    }
  }

  /** A sequence that is there before an adapter, beside one with it, and after it has gone. */
  private List<float[][]> comeAndGo(String backend, Path path) {
    var logits = new ArrayList<float[][]>();
    try (var model = open(backend);
        var plain = model.newSession()) {
      plain.append(PROMPT);
      try (var adapter = model.loadAdapter(path);
          var changed = model.newSession(model.pages(), adapter)) {
        changed.append(PROMPT);
        model.advance(List.of(plain, changed), NEXT);
        logits.add(logitsOf(List.of(plain, changed)));
      }
      plain.advance(9);
      logits.add(logitsOf(List.of(plain)));
      goAndComeBeside(model, path, logits);
    }
    return logits;
  }

  /** One of two goes, and one comes to its place, while the other is used. */
  private void goAndComeBeside(LanguageModel model, Path path, List<float[][]> logits) {
    var leaving = model.loadAdapter(adapter("leaving.gguf", SOME, 2));
    try (var staying = model.loadAdapter(path);
        var session = model.newSession(model.pages(), staying)) {
      session.append(PROMPT);
      leaving.close();
      session.advance(NEXT[0]);
      logits.add(logitsOf(List.of(session)));
      try (var coming = model.loadAdapter(adapter("coming.gguf", SOME, 5));
          var other = model.newSession(model.pages(), coming)) {
        other.append(PROMPT);
        model.advance(List.of(session, other), NEXT);
        logits.add(logitsOf(List.of(session, other)));
      }
    }
  }

  private static float[][] logitsOf(List<Session> sessions) {
    return sessions.stream().map(session -> session.logits().clone()).toArray(float[][]::new);
  }

  private Path adapter(String name, List<String> matrices, int seed) {
    return AdapterFiles.write(base, folder.resolve(name), matrices, seed);
  }

  private LanguageModel open(String backend) {
    var options =
        EngineOptions.defaults()
            .withThreads(2)
            .withBackend(backend)
            .withContextTokens(64)
            .withCacheTokens(256)
            .withCacheFormat("f32");
    return LanguageModel.load(base, options);
  }

  private static double difference(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }
}
