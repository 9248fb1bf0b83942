package io.witan.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.ModelConversion;
import io.witan.engine.gguf.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a checkpoint is understood, and what is refused with which words. */
class HuggingFaceConversionTests {
  @TempDir private Path folder;
  private TinyCheckpoint tiny;

  @BeforeEach
  void makeOne() throws IOException {
    tiny = new TinyCheckpoint(folder);
  }

  @Test
  void paddingAddedAndSpecialTokensGetTheirTypes() throws IOException {
    tiny.config.put("architectures", List.of("LlamaForCausalLM"));

    try (var file = GgufFile.open(converted("f32"))) {
      var metadata = file.metadata();
      assertThat(metadata.strings("tokenizer.ggml.tokens").subList(256, 259))
          .containsExactly("<s>", "<x y>", "[PAD258]");
      assertThat(metadata.ints("tokenizer.ggml.token_type")).endsWith(1, 3, 4, 5);
      assertThat(metadata.string("tokenizer.ggml.pre")).isEqualTo("gpt-2");
      assertThat(metadata.intValue("tokenizer.ggml.bos_token_id")).isEqualTo(256);
      assertThat(metadata.string("general.name")).isEqualTo("tiny");
    }
  }

  @Test
  void tokensThatEndComeFromTheGenerationConfigToo() throws IOException {
    tiny.tokenizerConfig.remove("eos_token");
    Files.writeString(
        tiny.write().resolve("generation_config.json"), "{\"eos_token_id\": [257, 256]}");

    try (var file = GgufFile.open(converted("f32"))) {
      assertThat(file.metadata().intValue("tokenizer.ggml.eos_token_id")).isEqualTo(257);
      assertThat(file.metadata().intValue("tokenizer.ggml.eot_token_id")).isEqualTo(256);
    }
  }

  @Test
  void theTemplateAndTheLicenceComeFromFilesOfTheirOwn() throws IOException {
    var checkpoint = tiny.write();
    Files.writeString(checkpoint.resolve("chat_template.jinja"), "{{ messages }}");
    Files.writeString(checkpoint.resolve("README.md"), "---\nlicense: apache-2.0\n---\nText");

    try (var file = GgufFile.open(converted("f32"))) {
      assertThat(file.metadata().string("tokenizer.chat_template")).isEqualTo("{{ messages }}");
      assertThat(file.metadata().string("general.license")).isEqualTo("apache-2.0");
    }
  }

  @Test
  void anUnknownArchitectureIsNamed() {
    tiny.config.put("architectures", List.of("MambaForCausalLM"));

    refuses("MambaForCausalLM", "DbrxForCausalLM");
  }

  @Test
  void missingTensorsAreNamed() {
    tiny.weights.without("model.layers.0.mlp.up_proj.weight");
    tiny.config.put("tie_word_embeddings", false);

    refuses("lacks tensors", "model.layers.0.mlp.up_proj.weight", "lm_head.weight");
  }

  @Test
  void tensorsThatAreNotKnownAreNamed() {
    tiny.weights.floats("model.layers.0.self_attn.sinks", new float[] {1}, 1);

    refuses("model.layers.0.self_attn.sinks");
  }

  @Test
  void elementsOfAnotherKindAreNamed() {
    tiny.weights.raw(
        "model.layers.0.mlp.up_proj.weight",
        "F8_E4M3",
        new byte[TinyCheckpoint.WIDTH * TinyCheckpoint.HIDDEN],
        TinyCheckpoint.HIDDEN,
        TinyCheckpoint.WIDTH);

    refuses("model.layers.0.mlp.up_proj.weight", "F8_E4M3");
  }

  @Test
  void aWayOfCuttingThatIsNotKnownIsNamed() {
    tiny.tokenizer.put(
        "pre_tokenizer",
        Map.of(
            "type",
            "Sequence",
            "pretokenizers",
            List.of(
                Map.of(
                    "type",
                    "Split",
                    "pattern",
                    Map.of("Regex", "[A-Z]+"),
                    "behavior",
                    "Isolated",
                    "invert",
                    false),
                Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false))));

    refuses("[A-Z]+");
  }

  @Test
  void quantisedCheckpointsAreRefused() {
    tiny.config.put("quantization_config", Map.of("quant_method", "gptq"));

    refuses("quantization_config");
  }

  @Test
  void shapesThatTheEngineCannotRunAreFoundBeforeTheFileAppears() {
    tiny.weights.floats("model.layers.0.mlp.down_proj.weight", new float[16], 4, 4);

    refuses("ffn_down");
  }

  @Test
  void anIndexCannotNameFilesElsewhere() throws IOException {
    var checkpoint = tiny.write();
    Files.writeString(
        checkpoint.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"model.norm.weight\": \"../model.safetensors\"}}");

    assertThatThrownBy(() -> convert(checkpoint, "f32"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("../model.safetensors");
  }

  @Test
  void tokenizersOfPiecesInJsonKeepTheOrderOfTheirMerges() throws IOException {
    tiny.tokenizer.put("decoder", Map.of("type", "Sequence"));
    var vocabulary = Map.of("<0x41>", 0, "a", 1, "b", 2, "c", 3, "ab", 4, "bc", 5);
    var merges = List.of("b c", "a b");
    tiny.tokenizer.put(
        "model",
        Map.of("type", "BPE", "byte_fallback", true, "vocab", vocabulary, "merges", merges));

    try (var file = GgufFile.open(converted("f32"))) {
      float[] scores = file.metadata().floats("tokenizer.ggml.scores");
      assertThat(file.metadata().string("tokenizer.ggml.model")).isEqualTo("llama");
      assertThat(scores[5]).isGreaterThan(scores[4]);
      assertThat(scores[4]).isGreaterThan(scores[1]);
      assertThat(file.metadata().ints("tokenizer.ggml.token_type")[0]).isEqualTo(6);
    }
  }

  @Test
  void aTokenizerModelThatIsNoneIsRefused() throws IOException {
    tiny.tokenizer.put("decoder", Map.of("type", "WordPiece"));
    Files.write(
        tiny.write().resolve("tokenizer.model"),
        "IQ== 0\nIg== 1\n".getBytes(StandardCharsets.UTF_8));

    refuses("tokenizer.model");
  }

  private void refuses(String... words) {
    assertThatThrownBy(() -> converted("f32"))
        .isInstanceOf(EngineException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains(".gguf"));
  }

  private Path converted(String format) throws IOException {
    return convert(tiny.write(), format);
  }

  private Path convert(Path checkpoint, String format) {
    var out = folder.resolve("out.gguf");
    ModelConversion.convert(checkpoint, out, format, (tensor, number, count) -> {});
    return out;
  }
}
