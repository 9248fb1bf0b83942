package io.witan.engine.conversion;

import static io.witan.engine.conversion.SafetensorsBuilder.json;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of a fixture the folder that Hugging Face's libraries would have: names and orders are
 * undone by hand, not with the rules under test.
 */
final class FixtureCheckpoint {
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+"
          + "[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final GgufFile file;
  private final String arch;
  private final SafetensorsBuilder weights = new SafetensorsBuilder();

  private FixtureCheckpoint(GgufFile file) {
    this.file = file;
    this.arch = file.metadata().string("general.architecture");
  }

  static void write(GgufFile file, Path folder) throws IOException {
    var checkpoint = new FixtureCheckpoint(file);
    file.tensors().forEach(checkpoint::add);
    if (checkpoint.arch.equals("dbrx")) {
      checkpoint.weights.writeParts(folder, 3);
    } else {
      checkpoint.weights.write(folder);
    }
    json(folder.resolve("config.json"), FixtureConfig.of(file));
    checkpoint.writeTokenizer(folder);
  }

  private void add(GgufTensor tensor) {
    String name = tensor.name();
    float[] values = tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    if (name.startsWith("rope_")) {
      return;
    }
    String[] parts = name.split("\\.");
    String layer = name.startsWith("blk.") ? parts[1] : "";
    String inner = name.startsWith("blk.") ? parts[2] + "." + parts[3] : name;
    long ne0 = tensor.shape().ne0();
    long ne1 = tensor.shape().ne1();
    if (arch.equals("gemma") && inner.contains("norm")) {
      for (int i = 0; i < values.length; i++) {
        values[i] -= 1;
      }
    }
    boolean adjacent = arch.equals("llama") || arch.equals("granitemoe");
    if (adjacent && (inner.startsWith("attn_q.") || inner.startsWith("attn_k."))) {
      String key = inner.startsWith("attn_q.") ? "head_count" : "head_count_kv";
      values = apart(values, file.metadata().intValue(arch + ".attention." + key), (int) ne0);
    }
    if (inner.endsWith("_exps.weight")) {
      addExperts(inner.substring(0, inner.length() - 12), layer, tensor, values);
    } else if (inner.startsWith("ffn_gate_inp_shexp")) {
      weights.floats(HuggingFaceNames.of(arch, inner, layer), values, 1, ne0);
    } else if (tensor.shape().dimensions() == 1) {
      weights.floats(HuggingFaceNames.of(arch, inner, layer), values, ne0);
    } else {
      weights.floats(HuggingFaceNames.of(arch, inner, layer), values, ne1, ne0);
    }
  }

  /** Neighbours go back to the two halves of their head. */
  static float[] apart(float[] values, int heads, int columns) {
    int headSize = values.length / columns / heads;
    var apart = new float[values.length];
    for (int head = 0; head < heads; head++) {
      for (int pair = 0; pair < headSize / 2; pair++) {
        for (int half = 0; half < 2; half++) {
          int from = head * headSize + 2 * pair + half;
          int to = head * headSize + half * headSize / 2 + pair;
          System.arraycopy(values, from * columns, apart, to * columns, columns);
        }
      }
    }
    return apart;
  }

  private void addExperts(String kind, String layer, GgufTensor tensor, float[] values) {
    int columns = (int) tensor.shape().ne0();
    int rows = (int) tensor.shape().ne1();
    int experts = (int) tensor.shape().ne2();
    switch (arch) {
      case "dbrx" -> {
        boolean down = kind.equals("ffn_down");
        float[] all = down ? transposed(values, experts, rows, columns) : values;
        int width = down ? rows : columns;
        String name = Map.of("ffn_gate", "w1", "ffn_up", "v1", "ffn_down", "w2").get(kind);
        weights.floats(
            "transformer.blocks." + layer + ".ffn.experts.mlp." + name,
            all,
            values.length / width,
            width);
      }
      case "granitemoe" -> granite(kind, layer, values, experts, rows, columns);
      default -> {
        for (int expert = 0; expert < experts; expert++) {
          var one = new float[rows * columns];
          System.arraycopy(values, expert * one.length, one, 0, one.length);
          String name = HuggingFaceNames.ofExpert(arch, kind, layer, expert);
          weights.floats(name, one, rows, columns);
        }
      }
    }
  }

  private static float[] transposed(float[] values, int experts, int rows, int columns) {
    var turned = new float[values.length];
    for (int expert = 0; expert < experts; expert++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          turned[(expert * columns + column) * rows + row] =
              values[(expert * rows + row) * columns + column];
        }
      }
    }
    return turned;
  }

  private void granite(
      String kind, String layer, float[] values, int experts, int rows, int columns) {
    String prefix = "model.layers." + layer + ".block_sparse_moe.";
    if (kind.equals("ffn_down")) {
      weights.floats(prefix + "output_linear.weight", values, experts, rows, columns);
    } else if (kind.equals("ffn_gate")) {
      float[] up =
          file.tensor("blk." + layer + ".ffn_up_exps.weight")
              .data()
              .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
      var both = new float[2 * values.length];
      int one = rows * columns;
      for (int expert = 0; expert < experts; expert++) {
        System.arraycopy(values, expert * one, both, 2 * expert * one, one);
        System.arraycopy(up, expert * one, both, (2 * expert + 1) * one, one);
      }
      weights.floats(prefix + "input_linear.weight", both, experts, 2L * rows, columns);
    }
  }

  private void writeTokenizer(Path folder) throws IOException {
    var config = new LinkedHashMap<String, Object>();
    file.metadata()
        .findString("tokenizer.chat_template")
        .ifPresent(template -> config.put("chat_template", template));
    for (String kind : List.of("bos", "eos")) {
      file.metadata()
          .findBoolean("tokenizer.ggml.add_" + kind + "_token")
          .ifPresent(adds -> config.put("add_" + kind + "_token", adds));
    }
    if (file.metadata().string("tokenizer.ggml.model").equals("gpt2")) {
      writePairs(folder, config);
    } else {
      writePieces(folder, config);
    }
    json(folder.resolve("tokenizer_config.json"), config);
  }

  private void writePairs(Path folder, Map<String, Object> config) throws IOException {
    var tokens = file.metadata().strings("tokenizer.ggml.tokens");
    int[] types = file.metadata().ints("tokenizer.ggml.token_type");
    var vocabulary = new LinkedHashMap<String, Integer>();
    var added = new ArrayList<Map<String, Object>>();
    for (int id = 0; id < tokens.size(); id++) {
      if (types[id] == 1) {
        vocabulary.put(tokens.get(id), id);
      } else {
        added.add(Map.of("id", id, "content", tokens.get(id), "special", types[id] == 3));
      }
    }
    config.put("bos_token", Map.of("content", token(tokens, "bos")));
    config.put("eos_token", token(tokens, "eos"));
    var model = new LinkedHashMap<String, Object>();
    model.put("type", "BPE");
    model.put("vocab", vocabulary);
    model.put("merges", merges());
    var tokenizer = new LinkedHashMap<String, Object>();
    tokenizer.put("added_tokens", added);
    tokenizer.put("normalizer", null);
    tokenizer.put("pre_tokenizer", preTokenizer(file.metadata().string("tokenizer.ggml.pre")));
    tokenizer.put("decoder", Map.of("type", "ByteLevel"));
    tokenizer.put("model", model);
    json(folder.resolve("tokenizer.json"), tokenizer);
  }

  private String token(List<String> tokens, String kind) {
    return tokens.get(file.metadata().intValue("tokenizer.ggml." + kind + "_token_id"));
  }

  /** Newer files have pairs, older ones texts. */
  private List<Object> merges() {
    var merges = file.metadata().strings("tokenizer.ggml.merges");
    return arch.startsWith("qwen")
        ? merges.stream().<Object>map(merge -> List.of(merge.split(" "))).toList()
        : List.copyOf(merges);
  }

  private static Object preTokenizer(String name) {
    var words = Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", true);
    var bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false);
    return switch (name) {
      case "dbrx" -> sequence(split(LLAMA3), bytes);
      case "qwen2" -> sequence(split(LLAMA3.replace("{1,3}", "")), bytes);
      case "starcoder" -> sequence(Map.of("type", "Digits", "individual_digits", true), words);
      default -> words;
    };
  }

  private static Object split(String expression) {
    return Map.of(
        "type",
        "Split",
        "pattern",
        Map.of("Regex", expression),
        "behavior",
        "Isolated",
        "invert",
        false);
  }

  private static Object sequence(Object... steps) {
    return Map.of("type", "Sequence", "pretokenizers", List.of(steps));
  }

  private void writePieces(Path folder, Map<String, Object> config) throws IOException {
    var tokens = file.metadata().strings("tokenizer.ggml.tokens");
    int[] types = file.metadata().ints("tokenizer.ggml.token_type");
    float[] scores = file.metadata().floats("tokenizer.ggml.scores");
    var model = new ByteArrayOutputStream();
    var decoder = new LinkedHashMap<String, Object>();
    for (int id = 0; id < tokens.size(); id++) {
      if (scores[id] == -1000) {
        decoder.put(
            Integer.toString(id), Map.of("content", tokens.get(id), "special", types[id] == 3));
      }
      model.writeBytes(field(1, piece(tokens.get(id), scores[id], types[id])));
    }
    model.writeBytes(field(2, new byte[] {3 << 3, 2}));
    Files.write(folder.resolve("tokenizer.model"), model.toByteArray());
    if (!decoder.isEmpty()) {
      config.put("added_tokens_decoder", decoder);
    }
  }

  private static byte[] piece(String text, float score, int type) {
    var piece = new ByteArrayOutputStream();
    piece.writeBytes(field(1, text.getBytes(StandardCharsets.UTF_8)));
    piece.write(2 << 3 | 5);
    piece.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(score).array());
    piece.write(3 << 3);
    piece.write(type);
    return piece.toByteArray();
  }

  private static byte[] field(int number, byte[] bytes) {
    var field = new ByteArrayOutputStream();
    field.write(number << 3 | 2);
    int length = bytes.length;
    while (length > 127) {
      field.write(length & 127 | 128);
      length >>>= 7;
    }
    field.write(length);
    field.writeBytes(bytes);
    return field.toByteArray();
  }
}
