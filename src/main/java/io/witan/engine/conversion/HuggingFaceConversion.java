package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a GGUF file from a checkpoint as llama.cpp's convert_hf_to_gguf.py does. Weights go
 * through one by one, so memory does not grow with the model.
 */
public final class HuggingFaceConversion {
  private static final int QUANTIZATION_VERSION = 2;

  /** Matrices that choose; small, and wrong choices cost much. */
  private static final Set<String> ROUTERS =
      Set.of("ffn_gate_inp.weight", "ffn_gate_inp_shexp.weight");

  private static final Map<TensorFormat, Integer> FILE_TYPES =
      Map.of(TensorFormat.F32, 0, TensorFormat.F16, 1, TensorFormat.Q8_0, 7, TensorFormat.BF16, 32);

  private final TensorFormat format;
  private final Progress progress;

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** Before a tensor is written. */
    void writing(String tensor, int number, int count);
  }

  /**
   * @param format F32, F16, BF16 or Q8_0; norms and routers stay F32
   */
  public HuggingFaceConversion(TensorFormat format, Progress progress) {
    if (!FILE_TYPES.containsKey(format)) {
      throw new EngineException.Unsupported(
          "a checkpoint is converted to f32, f16, bf16 or q8_0, not to " + format);
    }
    this.format = format;
    this.progress = progress;
  }

  /**
   * Writes {@code out}; it appears when it is whole.
   *
   * @param check looks into the file before it gets its name
   * @throws EngineException if the checkpoint is unsound, something in it is not supported, or the
   *     file cannot be written
   */
  public void convert(Path folder, Path out, Consumer<Path> check) {
    var name = out.getFileName();
    if (name == null || Files.isDirectory(out)) {
      throw new EngineException.InvalidFile(out + " is no name for a file");
    }
    var part = out.resolveSibling(name + ".part");
    try (var checkpoint = Checkpoint.open(folder)) {
      try {
        writer(checkpoint).write(part);
        check.accept(part);
        Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot write " + out + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new EngineException.InvalidFile("cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  private GgufWriter writer(Checkpoint checkpoint) {
    var config = checkpoint.config();
    var family = Family.of(config);
    if (config.has("quantization_config")) {
      throw new EngineException.Unsupported(
          config.file() + ": quantised checkpoints (quantization_config) cannot be converted");
    }
    var writer = new GgufWriter();
    writer.string("general.architecture", family.architecture());
    writer.string("general.type", "model");
    writer.string("general.name", name(checkpoint));
    ModelCard.licence(checkpoint).ifPresent(licence -> writer.string("general.license", licence));
    var parameters = new Parameters(writer, family.architecture());
    family.describe().accept(parameters, config);
    writer.unsigned("general.file_type", FILE_TYPES.getOrDefault(format, 0));
    writer.unsigned("general.quantization_version", QUANTIZATION_VERSION);
    int tokens = Vocabularies.write(checkpoint, family, writer);

    var planned = new LinkedHashMap<>(TensorPlan.of(checkpoint, family));
    checkEmbedding(planned, tokens);
    parameters
        .tensors()
        .forEach((tensor, values) -> planned.put(tensor, new WeightRows.Given(values)));
    var number = new int[1];
    planned.forEach((tensor, rows) -> add(writer, tensor, rows, number, planned.size()));
    return writer;
  }

  private static String name(Checkpoint checkpoint) {
    var folder = checkpoint.folder().toAbsolutePath().normalize().getFileName();
    return folder == null ? "model" : folder.toString();
  }

  private static void checkEmbedding(Map<String, WeightRows> planned, int tokens) {
    var embedding = planned.get("token_embd.weight");
    if (embedding != null && embedding.shape().rows() != tokens) {
      throw new EngineException.InvalidFile(
          "config.json says vocab_size %d, but the embedding has %d rows"
              .formatted(tokens, embedding.shape().rows()));
    }
  }

  private void add(GgufWriter writer, String tensor, WeightRows rows, int[] number, int count) {
    var as = formatOf(tensor, rows);
    writer.tensor(
        tensor,
        rows.shape(),
        as,
        channel -> {
          progress.writing(tensor, ++number[0], count);
          WeightWriter.write(rows, as, channel);
        });
  }

  private TensorFormat formatOf(String tensor, WeightRows rows) {
    boolean router =
        ROUTERS.contains(tensor.substring(tensor.lastIndexOf('.', tensor.length() - 8) + 1));
    if (rows.shape().dimensions() == 1 || tensor.endsWith("_norm.weight") || router) {
      return TensorFormat.F32;
    }
    return rows.shape().ne0() % format.blockElements() == 0 ? format : TensorFormat.F16;
  }
}
