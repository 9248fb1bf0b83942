package io.witan.engine.quantization;

import io.witan.engine.EngineException;
import io.witan.engine.backend.cpu.BlockDecoder;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writes a model anew in another format, a few rows at a time: memory does not grow with it. */
public final class Quantizer {
  /** Numbers that are in memory at a time. */
  private static final int ELEMENTS_AT_ONCE = 1 << 22;

  /** {@code general.quantization_version} of the K formats. */
  private static final int VERSION = 2;

  private static final Set<TensorFormat> SOURCES =
      Set.of(TensorFormat.F32, TensorFormat.F16, TensorFormat.BF16);

  private final GgufFile file;
  private final TensorFormat format;
  private final boolean tied;

  private Quantizer(GgufFile file, TensorFormat format) {
    this.file = file;
    this.format = format;
    this.tied = file.findTensor("output.weight").isEmpty();
  }

  /**
   * What became of a tensor.
   *
   * @param relativeError root of the squares that rounding left, over that of the numbers
   * @param largestError of one number
   */
  public record TensorReport(
      String name,
      TensorFormat from,
      TensorFormat to,
      long bytesBefore,
      long bytesAfter,
      double relativeError,
      double largestError) {}

  /**
   * Writes {@code out}.
   *
   * @param progress told of each tensor when it is written
   * @throws EngineException if the file is already quantised, there is no encoder of the format, or
   *     it cannot be written
   */
  public static List<TensorReport> write(
      GgufFile file, Path out, TensorFormat format, Consumer<TensorReport> progress) {
    BlockEncoder.of(format);
    return new Quantizer(file, format).write(out, progress);
  }

  private List<TensorReport> write(Path out, Consumer<TensorReport> progress) {
    var writer = new GgufWriter();
    for (String key : file.metadata().keys()) {
      if (!key.startsWith("split.") && !key.equals("general.alignment")) {
        writer.copy(file.metadata(), key);
      }
    }
    writer.unsigned("general.quantization_version", VERSION);
    writer.unsigned("general.file_type", fileType());
    var reports = new ArrayList<TensorReport>();
    for (var tensor : file.tensors()) {
      var target = targetOf(tensor);
      writer.tensor(
          tensor.name(),
          tensor.shape(),
          target,
          channel -> {
            var report = write(tensor, target, channel);
            reports.add(report);
            progress.accept(report);
          });
    }
    writer.write(out);
    return reports;
  }

  /** Numbers that llama.cpp gives to whole files: what most tensors are. */
  private int fileType() {
    return switch (format) {
      case F32 -> 0;
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q4_1 -> 3;
      case Q8_0 -> 7;
      case Q5_0 -> 8;
      case Q5_1 -> 9;
      case Q4_K -> 14;
      case Q5_K -> 16;
      case Q6_K -> 18;
      case BF16 -> 32;
      default -> throw new EngineException.Unsupported("no file type of " + format);
    };
  }

  private TensorFormat targetOf(GgufTensor tensor) {
    boolean isMatrix = tensor.shape().dimensions() > 1 && tensor.name().endsWith(".weight");
    if (!isMatrix || tensor.name().contains("ffn_gate_inp")) {
      return tensor.format();
    }
    if (!SOURCES.contains(tensor.format())) {
      throw new EngineException.Unsupported(
          "%s: the tensor %s is %s already: quantize the original, F32, F16 or BF16"
              .formatted(file.path(), tensor.name(), tensor.format()));
    }
    var wanted = format;
    boolean isOutput = tensor.name().equals(tied ? "token_embd.weight" : "output.weight");
    if (isOutput && (format == TensorFormat.Q4_K || format == TensorFormat.Q5_K)) {
      wanted = TensorFormat.Q6_K;
    }
    for (var each : List.of(wanted, TensorFormat.Q8_0, TensorFormat.F16)) {
      if (tensor.shape().ne0() % each.blockElements() == 0) {
        return each;
      }
    }
    throw new AssertionError("any row fills blocks of one");
  }

  /** What rounding left of some numbers. */
  private record Rest(double squares, double ofSquares, double largest) {
    Rest plus(Rest other) {
      return new Rest(
          squares + other.squares, ofSquares + other.ofSquares, Math.max(largest, other.largest));
    }
  }

  private TensorReport write(GgufTensor tensor, TensorFormat target, WritableByteChannel channel)
      throws IOException {
    var shape = tensor.shape();
    int columns = Math.toIntExact(shape.ne0());
    int rowBytes = Math.toIntExact(target.bytes(columns));
    int atOnce = Math.clamp(ELEMENTS_AT_ONCE / columns, 1, 1 << 16);
    var rest = new Rest(0, 0, 0);
    for (long first = 0; first < shape.rows(); first += atOnce) {
      int rows = (int) Math.min(atOnce, shape.rows() - first);
      var bytes = new byte[Math.multiplyExact(rows, rowBytes)];
      long from = first;
      var rests =
          IntStream.range(0, rows)
              .parallel()
              .mapToObj(row -> convert(tensor, from + row, target, bytes, row * rowBytes))
              .toList();
      for (var each : rests) {
        rest = rest.plus(each);
      }
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    return new TensorReport(
        tensor.name(),
        tensor.format(),
        target,
        tensor.data().byteSize(),
        shape.rows() * rowBytes,
        rest.ofSquares() == 0 ? 0 : Math.sqrt(rest.squares() / rest.ofSquares()),
        rest.largest());
  }

  private Rest convert(GgufTensor tensor, long row, TensorFormat target, byte[] out, int at) {
    int columns = (int) tensor.shape().ne0();
    long rowBytes = tensor.format().bytes(columns);
    var buffer =
        ByteBuffer.wrap(out, at, (int) target.bytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.format() == target) {
      buffer.put(tensor.data().asSlice(row * rowBytes, rowBytes).asByteBuffer());
      return new Rest(0, 1, 0);
    }
    var numbers = new float[columns];
    BlockDecoder.of(tensor.format(), tensor.name())
        .decode(tensor.data(), row * rowBytes, columns, numbers, 0);
    check(tensor, row, numbers);
    BlockEncoder.of(target).encode(numbers, 0, columns, buffer);
    var written = new float[columns];
    BlockDecoder.of(target, tensor.name())
        .decode(MemorySegment.ofArray(out), at, columns, written, 0);
    double squares = 0;
    double ofSquares = 0;
    double largest = 0;
    for (int i = 0; i < columns; i++) {
      double error = (double) written[i] - numbers[i];
      squares += error * error;
      ofSquares += (double) numbers[i] * numbers[i];
      largest = Math.max(largest, Math.abs(error));
    }
    return new Rest(squares, ofSquares, largest);
  }

  private void check(GgufTensor tensor, long row, float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new EngineException.InvalidFile(
            "%s: row %d of %s holds %s".formatted(file.path(), row, tensor.name(), number));
      }
    }
  }
}
