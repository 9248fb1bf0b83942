package io.witan.engine;

import io.witan.engine.gguf.GgufWriter;
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
import java.util.SplittableRandom;

/** Writes a model of a few kilobytes whose weights follow from their names: always the same. */
final class TinyModel {
  static final int LAYERS = 2;
  static final int WIDTH = 96;
  static final int HEAD = 16;
  static final int KEYS = 48;
  static final int HIDDEN = 128;
  static final int EXPERTS = 4;
  static final int EXPERT_HIDDEN = 32;
  private static final int VOCABULARY = 288;

  private final GgufWriter writer = new GgufWriter();
  private final String prefix;

  TinyModel(String architecture) {
    prefix = architecture + ".";
    writer.string("general.architecture", architecture);
    unsigned("context_length", 4096);
    unsigned("embedding_length", WIDTH);
    unsigned("block_count", LAYERS);
    unsigned("feed_forward_length", HIDDEN);
    unsigned("attention.head_count", WIDTH / HEAD);
    unsigned("attention.head_count_kv", KEYS / HEAD);
    addVocabulary();
    matrix("token_embd", WIDTH, VOCABULARY);
  }

  private void addVocabulary() {
    List<String> tokens = new ArrayList<>();
    int stand = 256;
    for (int octet = 0; octet < 256; octet++) {
      boolean printable = (octet >= '!' && octet <= '~') || (octet >= 0xA1 && octet != 0xAD);
      tokens.add(Character.toString(printable ? octet : stand++));
    }
    while (tokens.size() < VOCABULARY) {
      tokens.add("<" + tokens.size() + ">");
    }
    writer.string("tokenizer.ggml.model", "gpt2");
    writer.string("tokenizer.ggml.pre", "gpt-2");
    writer.strings("tokenizer.ggml.tokens", tokens);
    writer.ints(
        "tokenizer.ggml.token_type",
        Collections.nCopies(tokens.size(), 1).stream().mapToInt(Integer::intValue).toArray());
    writer.strings("tokenizer.ggml.merges", List.of("< 2"));
    writer.unsigned("tokenizer.ggml.bos_token_id", 0);
    writer.unsigned("tokenizer.ggml.eos_token_id", 0);
  }

  TinyModel unsigned(String name, int value) {
    writer.unsigned(prefix + name, value);
    return this;
  }

  TinyModel real(String name, float value) {
    writer.real(prefix + name, value);
    return this;
  }

  TinyModel rmsNorm() {
    return real("attention.layer_norm_rms_epsilon", 1e-5f);
  }

  TinyModel layerNorm() {
    return real("attention.layer_norm_epsilon", 1e-5f);
  }

  TinyModel experts() {
    return unsigned("expert_count", EXPERTS).unsigned("expert_used_count", 2);
  }

  GgufWriter writer() {
    return writer;
  }

  TinyModel output() {
    return matrix("output", WIDTH, VOCABULARY);
  }

  TinyModel outputBias() {
    return vector("output.bias", VOCABULARY, 0);
  }

  TinyModel matrix(String name, int columns, int rows) {
    return random(name + ".weight", Shape.of(columns, rows), 0, 1 / Math.sqrt(columns));
  }

  TinyModel matrices(String name, int columns, int rows) {
    var shape = Shape.of(columns, rows, EXPERTS);
    return random(name + ".weight", shape, 0, 1 / Math.sqrt(columns));
  }

  /** Numbers around {@code mean}. */
  TinyModel vector(String name, int length, float mean) {
    return random(name, Shape.of(length), mean, 0.2);
  }

  TinyModel norm(String name, int length) {
    return vector(name + ".weight", length, 1);
  }

  TinyModel biasedNorm(String name, int length) {
    return norm(name, length).vector(name + ".bias", length, 0);
  }

  TinyModel biased(String name, int columns, int rows) {
    return matrix(name, columns, rows).vector(name + ".bias", rows, 0);
  }

  /** Numbers between 1 and 5, rising. */
  TinyModel factors(String name, int length) {
    writer.tensor(
        name,
        Shape.of(length),
        TensorFormat.F32,
        channel -> {
          var numbers = new float[length];
          for (int i = 0; i < length; i++) {
            numbers[i] = 1 + 4f * i / length;
          }
          write(channel, numbers);
        });
    return this;
  }

  private TinyModel random(String name, Shape shape, float mean, double deviation) {
    writer.tensor(
        name,
        shape,
        TensorFormat.F32,
        channel -> {
          var random = new SplittableRandom(name.hashCode());
          var numbers = new float[(int) shape.elements()];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (mean + (random.nextDouble() - 0.5) * Math.sqrt(12) * deviation);
          }
          write(channel, numbers);
        });
    return this;
  }

  private static void write(WritableByteChannel channel, float[] numbers) throws IOException {
    var buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers);
    channel.write(buffer);
  }

  void write(Path path) {
    writer.write(path);
  }
}
