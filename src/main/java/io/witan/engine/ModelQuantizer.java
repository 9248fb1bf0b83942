package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.quantization.Quantizer;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes model files in formats of fewer bits. */
public final class ModelQuantizer {
  private ModelQuantizer() {}

  /**
   * What became of a tensor; see {@link Quantizer.TensorReport}.
   *
   * @param relativeError root of the squares that rounding left, over that of the numbers
   */
  public record Tensor(
      String name,
      String from,
      String to,
      long bytesBefore,
      long bytesAfter,
      double relativeError,
      double largestError) {
    private static Tensor of(Quantizer.TensorReport report) {
      return new Tensor(
          report.name(),
          report.from().name(),
          report.to().name(),
          report.bytesBefore(),
          report.bytesAfter(),
          report.relativeError(),
          report.largestError());
    }
  }

  /**
   * Writes {@code out}. Vectors and routers stay as they are; the output matrix of a Q4_K or Q5_K
   * model is Q6_K; rows that do not fill blocks become Q8_0, or F16.
   *
   * @param format a format's name in any case, such as {@code q4_k}
   * @param progress told of each tensor when it is written
   * @throws EngineException if the file is quantised already, the format is not one that can be
   *     written, or {@code out} is the file itself or cannot be written; nothing is left then
   */
  public static List<Tensor> quantize(
      Path file, Path out, String format, Consumer<Tensor> progress) {
    var target = formatOf(format);
    var part = out.resolveSibling(out.getFileName() + ".part");
    try (var source = GgufFile.open(file)) {
      var reports =
          Quantizer.write(source, part, target, report -> progress.accept(Tensor.of(report)));
      Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
      return reports.stream().map(Tensor::of).toList();
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot write " + out + ": " + e.getMessage(), e);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot delete " + part + ": " + e.getMessage(), e);
    }
  }

  private static TensorFormat formatOf(String name) {
    return Optional.of(name.toUpperCase(Locale.ROOT))
        .flatMap(ModelQuantizer::find)
        .orElseThrow(() -> new EngineException.Unsupported("there is no format " + name));
  }

  private static Optional<TensorFormat> find(String name) {
    for (var format : TensorFormat.values()) {
      if (format.name().equals(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
