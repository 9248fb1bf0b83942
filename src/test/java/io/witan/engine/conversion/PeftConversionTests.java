package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.FamilyVariants;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelAdapter;
import io.witan.engine.ModelConversion;
import io.witan.engine.gguf.GgufFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A converted adapter gives what the checkpoint with the adapter merged into it gives. */
class PeftConversionTests {
  private static final int RANK = 4;
  private static final int ALPHA = 8;

  @TempDir private Path folder;
  private final Map<String, Object> config = new LinkedHashMap<>();

  PeftConversionTests() {
    config.put("peft_type", "LORA");
    config.put("r", RANK);
    config.put("lora_alpha", ALPHA);
    config.put("use_dora", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "granite", "granitemoe-shared", "qwen3-tied", "phi3-long-partial", "phimoe", "olmo2",
        "starcoder2", "deepseek", "internlm2", "minicpm", "orion", "exaone"
      })
  void everyOrderOfWeightsIsFollowed(String variant) throws IOException {
    check(variant, RANK, ALPHA / (float) RANK);
  }

  @Test
  void anAdapterMayHaveTheRankOne() throws IOException {
    check("internlm2", 1, ALPHA);
  }

  @Test
  void theRootOfTheRankMayBeWhatIsDividedBy() throws IOException {
    config.put("use_rslora", true);
    check("minicpm", RANK, ALPHA / (float) Math.sqrt(RANK));
  }

  private void check(String variant, int rank, float scale) throws IOException {
    config.put("r", rank);
    var checkpoint = checkpoint(variant);
    var base = folder.resolve("base.gguf");
    convert(checkpoint, base);
    var adapter = Files.createDirectory(folder.resolve("adapter"));
    int matrices = writeAdapter(checkpoint, adapter, variant, rank, scale);
    var out = folder.resolve("adapter.gguf");
    var whole = folder.resolve("whole.gguf");
    convert(checkpoint, whole);

    int changed = ModelConversion.convertAdapter(adapter, base, out);

    assertThat(changed).isGreaterThanOrEqualTo(matrices / 5);
    try (var model = LanguageModel.load(base, options());
        var merged = LanguageModel.load(whole, options());
        var loaded = model.loadAdapter(out)) {
      float[] plain = logits(model, null);
      float[] with = logits(model, loaded);
      assertThat(with).containsExactly(logits(merged, null), within(2e-3f));
      assertThat(largestDifference(plain, with)).isGreaterThan(0.02f);
    }
  }

  private Path checkpoint(String variant) throws IOException {
    var original = folder.resolve("original.gguf");
    FamilyVariants.write(variant, original);
    var checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (var file = GgufFile.open(original)) {
      VariantCheckpoint.write(variant, file, checkpoint);
    }
    return checkpoint;
  }

  /** Random changes of all matrices, merged into the checkpoint too; gives how many. */
  private int writeAdapter(Path checkpoint, Path adapter, String variant, int rank, float scale)
      throws IOException {
    var changes = new SafetensorsBuilder();
    var merged = new SafetensorsBuilder();
    int count = 0;
    boolean tied =
        variant.equals("granite") || variant.equals("starcoder2") || variant.equals("qwen3-tied");
    try (var arena = Arena.ofConfined()) {
      for (var tensor : SafetensorsFile.read(checkpoint.resolve("model.safetensors"), arena)) {
        String name = tensor.name();
        var values = new float[(int) tensor.elements()];
        tensor.read(0, values.length, values, 0);
        long[] extents = tensor.extents().stream().mapToLong(Long::longValue).toArray();
        boolean table = name.contains("embed") || name.contains("wte");
        if (extents.length == 2 && !(table && tied)) {
          count++;
          int rows = (int) extents[0];
          int columns = (int) extents[1];
          String module = "base_model.model." + name.replace(".weight", "");
          float[] down = random(module + "A", rank * (table ? rows : columns));
          float[] up = random(module + "B", rank * (table ? columns : rows));
          if (table) {
            changes.floats(module + ".lora_embedding_A", down, rank, rows);
            changes.floats(module + ".lora_embedding_B", up, columns, rank);
          } else {
            changes.floats(module + ".lora_A.weight", down, rank, columns);
            changes.floats(module + ".lora_B.weight", up, rows, rank);
          }
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              double sum = 0;
              for (int r = 0; r < rank; r++) {
                sum +=
                    table
                        ? (double) down[r * rows + row] * up[column * rank + r]
                        : (double) up[row * rank + r] * down[r * columns + column];
              }
              values[row * columns + column] += (float) (scale * sum);
            }
          }
        }
        merged.floats(name, values, extents);
      }
    }
    changes.write(adapter);
    Files.move(adapter.resolve("model.safetensors"), adapter.resolve("adapter_model.safetensors"));
    SafetensorsBuilder.json(adapter.resolve("adapter_config.json"), config);
    Files.delete(checkpoint.resolve("model.safetensors"));
    merged.write(checkpoint);
    return count;
  }

  private static float[] random(String name, int count) {
    var random = new SplittableRandom(name.hashCode());
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * 0.05);
    }
    return numbers;
  }

  @Test
  void whatCannotBeConvertedIsRefusedByName() throws IOException {
    var checkpoint = checkpoint("minicpm");
    var base = folder.resolve("base.gguf");
    convert(checkpoint, base);
    var adapter = Files.createDirectory(folder.resolve("adapter"));
    var strange = new SafetensorsBuilder();
    strange.floats("base_model.model.model.norm.weight", new float[96], 96);
    strange.write(adapter);
    Files.move(adapter.resolve("model.safetensors"), adapter.resolve("adapter_model.safetensors"));
    var out = folder.resolve("out.gguf");

    assertThatThrownBy(() -> ModelConversion.convertAdapter(adapter, base, out))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("adapter_config.json");
    SafetensorsBuilder.json(adapter.resolve("adapter_config.json"), config);
    assertThatThrownBy(() -> ModelConversion.convertAdapter(adapter, base, out))
        .isInstanceOf(EngineException.Unsupported.class)
        .hasMessageContaining("base_model.model.model.norm.weight");
    config.put("use_dora", true);
    SafetensorsBuilder.json(adapter.resolve("adapter_config.json"), config);
    assertThatThrownBy(() -> ModelConversion.convertAdapter(adapter, base, out))
        .hasMessageContaining("use_dora");
    config.put("peft_type", "IA3");
    SafetensorsBuilder.json(adapter.resolve("adapter_config.json"), config);
    assertThatThrownBy(() -> ModelConversion.convertAdapter(adapter, base, out))
        .hasMessageContaining("only LoRA can be converted, not IA3");
    assertThat(out).doesNotExist();
  }

  private static void convert(Path checkpoint, Path out) {
    ModelConversion.convert(checkpoint, out, "f32", (tensor, number, count) -> {});
  }

  private static EngineOptions options() {
    return EngineOptions.defaults().withContextTokens(64).withCacheFormat("f32");
  }

  private static float[] logits(LanguageModel model, @Nullable ModelAdapter adapter) {
    try (var session = model.newSession(model.pages(), adapter)) {
      session.append(new int[] {3, 200, 77, 5, 101, 19, 260, 12});
      return session.logits().clone();
    }
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
