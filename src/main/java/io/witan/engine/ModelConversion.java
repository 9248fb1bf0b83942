package io.witan.engine;

import io.witan.engine.conversion.HuggingFaceConversion;
import io.witan.engine.conversion.PeftConversion;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.tensor.TensorFormat;
import io.witan.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Makes GGUF files of checkpoints as Hugging Face's libraries save them. */
public final class ModelConversion {
  private static final int CONTEXT_TO_TRY = 64;

  private static final EngineOptions TRIAL =
      EngineOptions.defaults()
          .withThreads(1)
          .withContextTokens(CONTEXT_TO_TRY)
          .withCacheTokens(CONTEXT_TO_TRY);

  private ModelConversion() {}

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** Before a tensor is written. */
    void writing(String tensor, int number, int count);
  }

  /**
   * Converts a folder with config.json, tokenizer and safetensors files. The engine loads what it
   * wrote before the file gets its name; if anything fails there is no file.
   *
   * @param format {@code f32}, {@code f16}, {@code bf16} or {@code q8_0}
   * @throws EngineException if the folder is unsound, or something in it is not supported; the
   *     message names it
   */
  public static void convert(Path folder, Path out, String format, Progress progress) {
    new HuggingFaceConversion(formatOf(format), progress::writing)
        .convert(folder, out, ModelConversion::tryOut);
  }

  /**
   * Converts a folder with a LoRA adapter as PEFT saves it. The engine loads what it wrote beside
   * the model before the file gets its name; if anything fails there is no file.
   *
   * @param model the GGUF file of the model that the adapter was made for
   * @return how many of the model's matrices it changes
   * @throws EngineException if the folder is unsound, was made for another model, or something in
   *     it is not supported; the message names it
   */
  public static int convertAdapter(Path folder, Path model, Path out) {
    var name = out.getFileName();
    if (name == null || Files.isDirectory(out)) {
      throw new EngineException.InvalidFile(out + " is no name for a file");
    }
    var part = out.resolveSibling(name + ".part");
    try {
      try {
        PeftConversion.convert(folder, model, part);
        int matrices;
        try (var base = LanguageModel.load(model, TRIAL);
            var adapter = base.loadAdapter(part)) {
          matrices = adapter.matrices();
        }
        Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        return matrices;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new EngineException.InvalidFile("cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  private static TensorFormat formatOf(String name) {
    for (var format : TensorFormat.values()) {
      if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new EngineException.Unsupported(
        "no format " + name + "; there are: f32, f16, bf16, q8_0");
  }

  /** Loading reads no weights, but finds tensors that are missing or have other shapes. */
  private static void tryOut(Path file) {
    try (var gguf = GgufFile.open(file)) {
      Tokenizer.of(gguf.metadata());
    }
    LanguageModel.load(file, TRIAL).close();
  }
}
