package io.witan.engine;

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

/** Adapters of random numbers for dbrx models, and the models with which they are merged. */
public final class AdapterFiles {
  static final int RANK = 6;
  private static final float ALPHA = 12;

  private AdapterFiles() {}

  static GgufWriter description() {
    return new GgufWriter()
        .string("general.type", "adapter")
        .string("general.architecture", "dbrx")
        .string("adapter.type", "lora")
        .real("adapter.lora.alpha", ALPHA);
  }

  /** An adapter of random numbers. */
  public static Path write(Path base, Path path, List<String> matrices, int seed) {
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

  static void random(GgufWriter writer, String name, Shape shape, int seed) {
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
  public static Path merged(Path base, Path adapter, Path path, List<String> matrices) {
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
}
