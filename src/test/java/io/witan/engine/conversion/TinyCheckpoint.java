package io.witan.engine.conversion;

import static io.witan.engine.conversion.SafetensorsBuilder.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A llama of one layer, width 4 and one head, whose weights count up: small enough to read. */
public final class TinyCheckpoint {
  static final int WIDTH = 4;
  static final int HIDDEN = 2;

  final Map<String, Object> config = new LinkedHashMap<>();
  final Map<String, Object> tokenizer = new LinkedHashMap<>();
  final Map<String, Object> tokenizerConfig = new LinkedHashMap<>();
  final SafetensorsBuilder weights = new SafetensorsBuilder();
  private final Path folder;

  TinyCheckpoint(Path parent) throws IOException {
    folder = Files.createDirectory(parent.resolve("tiny"));
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("hidden_size", WIDTH);
    config.put("num_hidden_layers", 1);
    config.put("num_attention_heads", 1);
    config.put("num_key_value_heads", 1);
    config.put("intermediate_size", HIDDEN);
    config.put("max_position_embeddings", 128);
    config.put("rms_norm_eps", 1e-5);
    config.put("vocab_size", 259);
    config.put("tie_word_embeddings", true);
    tokenizer();
    weights.brains("model.embed_tokens.weight", counting(259 * WIDTH, 0), 259, WIDTH);
    weights.floats("model.norm.weight", counting(WIDTH, 1), WIDTH);
    String layer = "model.layers.0.";
    weights.floats(layer + "input_layernorm.weight", counting(WIDTH, 1), WIDTH);
    weights.floats(layer + "post_attention_layernorm.weight", counting(WIDTH, 1), WIDTH);
    for (String name : List.of("q", "k", "v", "o")) {
      weights.floats(
          layer + "self_attn." + name + "_proj.weight", counting(WIDTH * WIDTH, 0), WIDTH, WIDTH);
    }
    weights.floats(layer + "mlp.gate_proj.weight", counting(WIDTH * HIDDEN, 0), HIDDEN, WIDTH);
    weights.floats(layer + "mlp.up_proj.weight", counting(WIDTH * HIDDEN, 0), HIDDEN, WIDTH);
    weights.floats(layer + "mlp.down_proj.weight", counting(WIDTH * HIDDEN, 0), WIDTH, HIDDEN);
  }

  /** A folder in another one. */
  public static Path in(Path parent) throws IOException {
    return new TinyCheckpoint(parent).write();
  }

  /** Numbers that are exact in 16 bits. */
  static float[] counting(int count, int from) {
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = from + i % 128;
    }
    return numbers;
  }

  private void tokenizer() {
    var vocabulary = new LinkedHashMap<String, Integer>();
    int stand = 256;
    for (int octet = 0; octet < 256; octet++) {
      boolean printable = (octet >= '!' && octet <= '~') || (octet >= 0xA1 && octet != 0xAD);
      vocabulary.put(Character.toString(printable ? octet : stand++), octet);
    }
    var model = new LinkedHashMap<String, Object>();
    model.put("type", "BPE");
    model.put("vocab", vocabulary);
    model.put("merges", new ArrayList<>());
    tokenizer.put(
        "added_tokens",
        List.of(Map.of("id", 256, "content", "<s>", "special", true), added(257, "<x\u2581y>")));
    tokenizer.put("pre_tokenizer", Map.of("type", "ByteLevel", "add_prefix_space", false));
    tokenizer.put("decoder", Map.of("type", "ByteLevel"));
    tokenizer.put("model", model);
    tokenizerConfig.put("bos_token", "<s>");
    tokenizerConfig.put("eos_token", "<s>");
  }

  private static Map<String, Object> added(int id, String text) {
    return Map.of("id", id, "content", text, "special", false);
  }

  Path write() throws IOException {
    json(folder.resolve("config.json"), config);
    json(folder.resolve("tokenizer.json"), tokenizer);
    json(folder.resolve("tokenizer_config.json"), tokenizerConfig);
    weights.write(folder);
    return folder;
  }
}
