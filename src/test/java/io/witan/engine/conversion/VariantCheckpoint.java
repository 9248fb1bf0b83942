package io.witan.engine.conversion;

import static io.witan.engine.conversion.SafetensorsBuilder.json;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folder that a family variant would have had: names as its public model class has them, orders
 * undone by hand.
 */
final class VariantCheckpoint {
  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("token_embd", "model.embed_tokens"),
          Map.entry("output", "lm_head"),
          Map.entry("output_norm", "model.norm"),
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_qkv", "self_attn.qkv_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"),
          Map.entry("ffn_gate_inp", "block_sparse_moe.gate"),
          Map.entry("ffn_gate_exps", "block_sparse_moe.experts.*.w1"),
          Map.entry("ffn_up_exps", "block_sparse_moe.experts.*.w3"),
          Map.entry("ffn_down_exps", "block_sparse_moe.experts.*.w2"));

  private static final Map<String, Map<String, String>> OWN =
      Map.of(
          "granitemoe-shared",
          Map.of(
              "ffn_gate_inp", "block_sparse_moe.router.layer",
              "ffn_down_exps", "block_sparse_moe.output_linear",
              "ffn_down_shexp", "shared_mlp.output_linear"),
          "phi3-long-partial",
          Map.of("ffn_up", "mlp.gate_up_proj"),
          "grok-2",
          Map.of(
              "attn_norm", "pre_attn_norm",
              "attn_output_norm", "post_attn_norm",
              "ffn_norm", "pre_moe_norm",
              "post_ffw_norm", "post_moe_norm"),
          "olmo2",
          Map.of(
              "post_attention_norm", "post_attention_layernorm",
              "post_ffw_norm", "post_feedforward_layernorm"),
          "starcoder2",
          Map.of("ffn_up", "mlp.c_fc", "ffn_down", "mlp.c_proj"),
          "deepseek",
          Map.of(
              "ffn_gate_inp", "mlp.gate",
              "ffn_gate_exps", "mlp.experts.*.gate_proj",
              "ffn_up_exps", "mlp.experts.*.up_proj",
              "ffn_down_exps", "mlp.experts.*.down_proj",
              "ffn_gate_shexp", "mlp.shared_experts.gate_proj",
              "ffn_up_shexp", "mlp.shared_experts.up_proj",
              "ffn_down_shexp", "mlp.shared_experts.down_proj"),
          "internlm2",
          Map.of(
              "token_embd", "model.tok_embeddings",
              "output", "output",
              "attn_norm", "attention_norm",
              "ffn_norm", "ffn_norm",
              "attn_output", "attention.wo",
              "ffn_gate", "feed_forward.w1",
              "ffn_up", "feed_forward.w3",
              "ffn_down", "feed_forward.w2"),
          "exaone",
          Map.ofEntries(
              Map.entry("token_embd", "transformer.wte"),
              Map.entry("output_norm", "transformer.ln_f"),
              Map.entry("attn_norm", "ln_1"),
              Map.entry("ffn_norm", "ln_2"),
              Map.entry("attn_q", "attn.attention.q_proj"),
              Map.entry("attn_k", "attn.attention.k_proj"),
              Map.entry("attn_v", "attn.attention.v_proj"),
              Map.entry("attn_output", "attn.attention.out_proj"),
              Map.entry("ffn_gate", "mlp.c_fc_0"),
              Map.entry("ffn_up", "mlp.c_fc_1"),
              Map.entry("ffn_down", "mlp.c_proj")));

  /** Families whose neighbours turn together in files, and halves in checkpoints. */
  private static final Set<String> ADJACENT =
      Set.of("granitemoe-shared", "granite", "deepseek", "internlm2", "minicpm");

  private final String variant;
  private final GgufFile file;
  private final String arch;
  private final SafetensorsBuilder weights = new SafetensorsBuilder();

  private VariantCheckpoint(String variant, GgufFile file) {
    this.variant = variant;
    this.file = file;
    this.arch = file.metadata().string("general.architecture");
  }

  static void write(String variant, GgufFile file, Path folder) throws IOException {
    var checkpoint = new VariantCheckpoint(variant, file);
    file.tensors().forEach(checkpoint::add);
    checkpoint.weights.write(folder);
    json(folder.resolve("config.json"), VariantConfig.of(variant, file));
    checkpoint.writeTokenizer(folder);
  }

  private void add(GgufTensor tensor) {
    String[] parts = tensor.name().split("\\.");
    boolean ofLayer = parts[0].equals("blk");
    String kind = ofLayer ? parts[2] : parts[0];
    String suffix = "." + parts[parts.length - 1];
    String layers = arch.equals("exaone") ? "transformer.h." : "model.layers.";
    String place = ofLayer ? layers + parts[1] + "." : "";
    float[] values = turnedBack(kind, tensor);
    long columns = tensor.shape().ne0();
    if (kind.startsWith("rope_")) {
      return;
    }
    if (variant.equals("granitemoe-shared") && addJoined(kind, place, tensor)) {
      return;
    }
    if (variant.equals("internlm2") && kind.matches("attn_[qkv]")) {
      addGrouped(kind, place, parts[1]);
      return;
    }
    String name =
        place + OWN.getOrDefault(variant, Map.of()).getOrDefault(kind, USUAL.get(kind)) + suffix;
    if (tensor.shape().dimensions() == 1) {
      weights.floats(name, values, columns);
    } else if (name.contains("*")) {
      int one = (int) (columns * tensor.shape().ne1());
      for (int expert = 0; expert < tensor.shape().ne2(); expert++) {
        var part = new float[one];
        System.arraycopy(values, expert * one, part, 0, one);
        weights.floats(
            name.replace("*", Integer.toString(expert)), part, tensor.shape().ne1(), columns);
      }
    } else if (tensor.shape().dimensions() == 3) {
      weights.floats(name, values, tensor.shape().ne2(), tensor.shape().ne1(), columns);
    } else {
      weights.floats(name, values, tensor.shape().ne1(), columns);
    }
  }

  private float[] turnedBack(String kind, GgufTensor tensor) {
    float[] values = tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    boolean heads = kind.equals("attn_q") || kind.equals("attn_k");
    if (!heads || !ADJACENT.contains(variant)) {
      return values;
    }
    String key = kind.equals("attn_q") ? "head_count" : "head_count_kv";
    return FixtureCheckpoint.apart(
        values, file.metadata().intValue(arch + ".attention." + key), (int) tensor.shape().ne0());
  }

  /** Gate and up lie in one tensor. */
  private boolean addJoined(String kind, String place, GgufTensor tensor) {
    String suffix = kind.endsWith("_exps") ? "_exps" : "_shexp";
    if (kind.equals("ffn_up" + suffix)) {
      return true;
    }
    if (!kind.equals("ffn_gate" + suffix)) {
      return false;
    }
    var up = file.tensor(tensor.name().replace("gate", "up"));
    float[] first = tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    float[] second = up.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    long columns = tensor.shape().ne0();
    long rows = tensor.shape().ne1();
    int one = (int) (rows * columns);
    var both = new float[2 * first.length];
    for (int expert = 0; expert * one < first.length; expert++) {
      System.arraycopy(first, expert * one, both, 2 * expert * one, one);
      System.arraycopy(second, expert * one, both, (2 * expert + 1) * one, one);
    }
    if (suffix.equals("_exps")) {
      String name = place + "block_sparse_moe.input_linear.weight";
      weights.floats(name, both, tensor.shape().ne2(), 2 * rows, columns);
    } else {
      weights.floats(place + "shared_mlp.input_linear.weight", both, 2 * rows, columns);
    }
    return true;
  }

  /** For each key head its two query heads, the key head, the value head. */
  private void addGrouped(String kind, String place, String layer) {
    if (!kind.equals("attn_q")) {
      return;
    }
    String prefix = "blk." + layer + ".";
    float[] queries = turnedBack("attn_q", file.tensor(prefix + "attn_q.weight"));
    float[] keys = turnedBack("attn_k", file.tensor(prefix + "attn_k.weight"));
    float[] values =
        file.tensor(prefix + "attn_v.weight").data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    int columns = (int) file.tensor(prefix + "attn_q.weight").shape().ne0();
    int head = 16 * columns;
    var all = new float[queries.length + keys.length + values.length];
    for (int group = 0; group < 3; group++) {
      System.arraycopy(queries, 2 * group * head, all, 4 * group * head, 2 * head);
      System.arraycopy(keys, group * head, all, (4 * group + 2) * head, head);
      System.arraycopy(values, group * head, all, (4 * group + 3) * head, head);
    }
    weights.floats(place + "attention.wqkv.weight", all, all.length / columns, columns);
  }

  private void writeTokenizer(Path folder) throws IOException {
    var vocabulary = new LinkedHashMap<String, Integer>();
    var tokens = file.metadata().strings("tokenizer.ggml.tokens");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    var tokenizer = new LinkedHashMap<String, Object>();
    tokenizer.put("added_tokens", List.of());
    tokenizer.put("pre_tokenizer", Map.of("type", "ByteLevel", "add_prefix_space", false));
    tokenizer.put("decoder", Map.of("type", "ByteLevel"));
    tokenizer.put("model", Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of("< 2")));
    json(folder.resolve("tokenizer.json"), tokenizer);
    json(folder.resolve("tokenizer_config.json"), Map.of("tokenizer_class", "GPT2Tokenizer"));
  }
}
