package io.witan;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelQuantizer;
import io.witan.engine.Perplexity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Writes a model in fewer bits and says what that cost. */
@Command(
    name = "quantize",
    description = {
      "Write a model (F32, F16 or BF16) in another format and report the error of each tensor;",
      "with --texts also how well it predicts them before and after."
    })
final class ModelQuantize implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A GGUF file; of a split one the first part.")
  private Path in = Path.of(".");

  @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
  private Path out = Path.of(".");

  @Option(
      names = "--format",
      defaultValue = "q8_0",
      description =
          "q8_0, q6_k, q5_k, q4_k, q5_1, q5_0, q4_1, q4_0, f16, bf16 or f32 (${DEFAULT-VALUE}).")
  private String format = "q8_0";

  @Option(names = "--texts", paramLabel = "FILE", description = "Plain text to predict (UTF-8).")
  private @Nullable Path texts;

  @Option(
      names = "--window",
      defaultValue = "512",
      description = "Tokens that a prediction may look back at most (${DEFAULT-VALUE}).")
  private int window = 512;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (window < 2) {
      throw new CommandProblem("--window is at least 2 tokens.");
    }
    if (Files.exists(out)) {
      throw new CommandProblem(out + " exists: delete it or choose another name.");
    }
    var text = texts == null ? null : read(texts);
    var print = spec.commandLine().getOut();
    var tensors =
        ModelQuantizer.quantize(
            in,
            out,
            format,
            tensor -> {
              if (!json) {
                print.println(line(tensor));
                print.flush();
              }
            });
    var before = text == null ? null : perplexity(in, text);
    var after = text == null ? null : perplexity(out, text);
    if (json) {
      var report = new LinkedHashMap<String, Object>();
      report.put("tensors", tensors);
      if (before != null && after != null) {
        report.put("perplexityBefore", before);
        report.put("perplexityAfter", after);
      }
      print.println(JsonMapper.builder().build().writeValueAsString(report));
    } else {
      print.println(total(tensors));
      if (before != null && after != null) {
        print.println(
            String.format(
                Locale.ROOT,
                "perplexity over %,d tokens: %.4f before, %.4f after",
                before.tokens(),
                before.value(),
                after.value()));
      }
    }
    return 0;
  }

  private static String line(ModelQuantizer.Tensor tensor) {
    return String.format(
        Locale.ROOT,
        "%-40s %-5s -> %-5s %,14d bytes  error %.2e, largest %.2e",
        tensor.name(),
        tensor.from(),
        tensor.to(),
        tensor.bytesAfter(),
        tensor.relativeError(),
        tensor.largestError());
  }

  private static String total(List<ModelQuantizer.Tensor> tensors) {
    long before = tensors.stream().mapToLong(ModelQuantizer.Tensor::bytesBefore).sum();
    long after = tensors.stream().mapToLong(ModelQuantizer.Tensor::bytesAfter).sum();
    return String.format(
        Locale.ROOT, "%d tensors, %,d bytes before, %,d after", tensors.size(), before, after);
  }

  private Perplexity perplexity(Path model, String text) {
    var options = EngineOptions.defaults().withContextTokens(window);
    try (var loaded = LanguageModel.load(model, options)) {
      return Perplexity.of(loaded, List.of(text), window);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandProblem("Cannot read " + file + ": " + e.getMessage());
    }
  }
}
