package io.witan.engine.synthesis;

import io.witan.engine.architecture.Architecture;
import io.witan.engine.architecture.Architectures;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.graph.NormKind;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a random-weight model that this engine and llama.cpp load. */
public final class SyntheticModel {
  private static final float EPSILON = 1e-5f;
  private static final float ROPE_BASE = 500_000;
  private static final float CLAMP = 8;
  private static final int CONTEXT = 32_768;
  private static final String FEED_FORWARD = "feed_forward_length";

  /** Token types of the file format: an ordinary token, and one that stands for a byte. */
  private static final int NORMAL = 1;

  private final ModelShape shape;
  private final Architecture architecture;
  private final GgufWriter writer = new GgufWriter();
  private int tensors;

  private SyntheticModel(ModelShape shape) {
    this.shape = shape;
    this.architecture = Architectures.named(shape.architecture());
  }

  /**
   * Writes it to {@code path}; the same shape and seed give the same bytes.
   *
   * @throws io.witan.engine.EngineException if it cannot be written
   */
  public static void write(ModelShape shape, Path path) {
    var model = new SyntheticModel(shape);
    model.describe();
    model.addVocabulary();
    model.addTensors();
    model.writer.write(path);
  }

  private void describe() {
    String prefix = architecture.name() + ".";
    writer.string("general.architecture", architecture.name());
    writer.string("general.name", "synthetic-" + architecture.name());
    writer.unsigned(prefix + "context_length", CONTEXT);
    writer.unsigned(prefix + "embedding_length", shape.width());
    writer.unsigned(prefix + "block_count", shape.layers());
    writer.unsigned(prefix + FEED_FORWARD, shape.hidden());
    writer.unsigned(prefix + "attention.head_count", shape.heads());
    writer.unsigned(prefix + "attention.head_count_kv", shape.keyHeads());
    writer.unsigned(prefix + "rope.dimension_count", shape.headSize());
    writer.real(prefix + "rope.freq_base", ROPE_BASE);
    boolean layerNorm = architecture.norm() == NormKind.LAYER;
    writer.real(prefix + "attention.layer_norm_" + (layerNorm ? "" : "rms_") + "epsilon", EPSILON);
    if (shape.experts() > 0) {
      writer.unsigned(prefix + "expert_count", shape.experts());
      writer.unsigned(prefix + "expert_used_count", shape.used());
      String key =
          architecture.name().startsWith("qwen") ? "expert_feed_forward_length" : FEED_FORWARD;
      writer.unsigned(prefix + key, shape.hidden());
    }
    switch (architecture.name()) {
      case "dbrx" -> writer.real(prefix + "attention.clamp_kqv", CLAMP);
      case "qwen2moe" ->
          writer.unsigned(prefix + "expert_shared_feed_forward_length", shape.width());
      case "qwen3moe" -> {
        writer.unsigned(prefix + "attention.key_length", shape.headSize());
        writer.unsigned(prefix + "attention.value_length", shape.headSize());
      }
      default -> {}
    }
  }

  /** The 256 byte tokens of GPT-2 and as many made-up ones as fill the vocabulary. */
  private void addVocabulary() {
    List<String> tokens = new ArrayList<>();
    int stand = 256;
    for (int octet = 0; octet < 256; octet++) {
      boolean printable = (octet >= '!' && octet <= '~') || (octet >= 0xA1 && octet != 0xAD);
      tokens.add(Character.toString(printable ? octet : stand++));
    }
    while (tokens.size() < ModelShape.VOCABULARY) {
      tokens.add("<" + tokens.size() + ">");
    }
    writer.string("tokenizer.ggml.model", "gpt2");
    writer.string("tokenizer.ggml.pre", architecture.name().startsWith("qwen") ? "qwen2" : "dbrx");
    writer.strings("tokenizer.ggml.tokens", tokens);
    writer.ints(
        "tokenizer.ggml.token_type",
        Collections.nCopies(tokens.size(), NORMAL).stream().mapToInt(Integer::intValue).toArray());
    writer.strings("tokenizer.ggml.merges", List.of("< 2"));
    writer.unsigned("tokenizer.ggml.bos_token_id", 0);
    writer.unsigned("tokenizer.ggml.eos_token_id", 0);
  }

  private void addTensors() {
    boolean mixed = shape.format() == TensorFormat.Q4_K;
    matrix("token_embd", shape.width(), ModelShape.VOCABULARY, shape.format());
    matrix(
        "output", shape.width(), ModelShape.VOCABULARY, mixed ? TensorFormat.Q6_K : shape.format());
    ones("output_norm.weight", shape.width());
    for (int layer = 0; layer < shape.layers(); layer++) {
      addAttention("blk." + layer + ".");
      addFeedForward("blk." + layer + ".");
    }
  }

  private void addAttention(String prefix) {
    int width = shape.width();
    ones(prefix + "attn_norm.weight", width);
    if (architecture.name().equals("dbrx")) {
      matrix(prefix + "attn_qkv", width, width + 2 * shape.keyWidth(), shape.format());
    } else {
      matrix(prefix + "attn_q", width, width, shape.format());
      matrix(prefix + "attn_k", width, shape.keyWidth(), shape.format());
      matrix(prefix + "attn_v", width, shape.keyWidth(), shape.format());
    }
    matrix(prefix + "attn_output", width, width, shape.format());
    switch (architecture.name()) {
      case "qwen2moe" -> {
        ones(prefix + "attn_q.bias", width);
        ones(prefix + "attn_k.bias", shape.keyWidth());
        ones(prefix + "attn_v.bias", shape.keyWidth());
      }
      case "qwen3moe" -> {
        ones(prefix + "attn_q_norm.weight", shape.headSize());
        ones(prefix + "attn_k_norm.weight", shape.headSize());
      }
      default -> {}
    }
    ones(prefix + architecture.norms().feedForward() + ".weight", width);
  }

  private void addFeedForward(String prefix) {
    int width = shape.width();
    int hidden = shape.hidden();
    int experts = shape.experts();
    if (experts == 0) {
      network(prefix, "", width, hidden, 0);
      return;
    }
    matrix(prefix + "ffn_gate_inp", width, experts, TensorFormat.F32);
    network(prefix, "_exps", width, hidden, experts);
    if (architecture.name().equals("qwen2moe")) {
      network(prefix, "_shexp", width, width, 0);
      random(prefix + "ffn_gate_inp_shexp.weight", Shape.of(width), TensorFormat.F32);
    }
  }

  private void network(String prefix, String suffix, int width, int hidden, int experts) {
    int count = Math.max(experts, 1);
    var in = Shape.of(width, hidden, count);
    random(prefix + "ffn_gate" + suffix + ".weight", in, shape.format());
    random(prefix + "ffn_up" + suffix + ".weight", in, shape.format());
    random(
        prefix + "ffn_down" + suffix + ".weight", Shape.of(hidden, width, count), shape.format());
  }

  private void matrix(String name, int columns, int rows, TensorFormat format) {
    random(name + ".weight", Shape.of(columns, rows), format);
  }

  /** Weights such that a row of unit variance gives one. */
  private void random(String name, Shape extents, TensorFormat format) {
    float deviation = (float) (1 / Math.sqrt(extents.ne0()));
    long seed = shape.seed() * 1_000_003 + tensors++;
    writer.tensor(
        name,
        extents,
        format,
        channel -> new RandomBlocks(seed).write(channel, format, extents.elements(), deviation));
  }

  private void ones(String name, int length) {
    writer.tensor(name, Shape.of(length), TensorFormat.F32, channel -> writeOnes(channel, length));
  }

  private static void writeOnes(WritableByteChannel channel, int length) throws IOException {
    var buffer = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      buffer.putFloat(1);
    }
    channel.write(buffer.flip());
  }
}
