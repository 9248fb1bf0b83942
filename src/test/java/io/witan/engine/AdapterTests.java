package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.backend.cpu.BlockDecoder;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters give what the merged model gives. */
class AdapterTests {
  private static final int RANK = 6;
  private static final float ALPHA = 12;
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
    var writer = description();
    random(writer, matrix + ".lora_a", Shape.of(128, RANK), 1);
    random(writer, matrix + ".lora_b", Shape.of(RANK, 128), 1);
    writer.write(path);
    return path;
  }

  private static GgufWriter description() {
    return new GgufWriter()
        .string("general.type", "adapter")
        .string("general.architecture", "dbrx")
        .string("adapter.type", "lora")
        .real("adapter.lora.alpha", ALPHA);
  }

  private Path adapter(String name, List<String> matrices, int seed) {
    var path = folder.resolve(name);
    var writer = description();
    try (var file = GgufFile.open(base)) {
      for (String matrix : matrices) {
        var shape = file.tensor(matrix + ".weight").shape();
        boolean table = matrix.equals("token_embd");
        random(
            writer,
            matrix + ".weight.lora_a",
            table ? Shape.of(RANK, shape.ne1()) : extended(shape.ne0(), RANK, shape),
            seed);
        random(
            writer,
            matrix + ".weight.lora_b",
            table ? Shape.of(RANK, shape.ne0()) : extended(RANK, shape.ne1(), shape),
            seed);
      }
    }
    writer.write(path);
    return path;
  }

  private static Shape extended(long inner, long outer, Shape matrix) {
    return matrix.dimensions() > 2
        ? Shape.of(inner, outer, matrix.extent(2))
        : Shape.of(inner, outer);
  }

  private static void random(GgufWriter writer, String name, Shape shape, int seed) {
    var random = new SplittableRandom(name.hashCode() + seed);
    var numbers = new float[(int) shape.elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (random.nextGaussian() * 0.05);
    }
    put(writer, name, shape, numbers);
  }

  private static void put(GgufWriter writer, String name, Shape shape, float[] numbers) {
    var bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    writer.tensor(name, shape, TensorFormat.F32, channel -> channel.write(bytes.rewind()));
  }

  /** The base with W + alpha / rank · B · A in place of W. */
  private Path merged(Path adapter, List<String> matrices) {
    var path = folder.resolve("merged.gguf");
    var writer = new GgufWriter();
    try (var file = GgufFile.open(base);
        var changes = GgufFile.open(adapter)) {
      file.metadata().keys().forEach(key -> writer.copy(file.metadata(), key));
      for (var tensor : file.tensors()) {
        float[] numbers = BlockDecoder.decodeAll(tensor);
        String name = tensor.name();
        if (matrices.contains(name.replace(".weight", ""))) {
          add(numbers, tensor, changes.tensor(name + ".lora_a"), changes.tensor(name + ".lora_b"));
        }
        put(writer, name, tensor.shape(), numbers);
      }
      writer.write(path);
    }
    return path;
  }

  private static void add(float[] numbers, GgufTensor tensor, GgufTensor down, GgufTensor up) {
    int columns = (int) tensor.shape().ne0();
    int rows = (int) tensor.shape().ne1();
    float[] a = BlockDecoder.decodeAll(down);
    float[] b = BlockDecoder.decodeAll(up);
    boolean table = tensor.name().startsWith("token_embd");
    for (int i = 0; i < numbers.length; i++) {
      int column = i % columns;
      int row = i / columns % rows;
      int matrix = i / columns / rows;
      double sum = 0;
      for (int r = 0; r < RANK; r++) {
        sum +=
            table
                ? (double) a[row * RANK + r] * b[column * RANK + r]
                : (double) a[(matrix * RANK + r) * columns + column]
                    * b[(matrix * rows + row) * RANK + r];
      }
      numbers[i] += (float) (ALPHA / RANK * sum);
    }
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
