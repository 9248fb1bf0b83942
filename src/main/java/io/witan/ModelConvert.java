package io.witan;

import io.witan.engine.ModelConversion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model file of a folder of Hugging Face's. */
@Command(
    name = "convert",
    description = {
      "Convert a Hugging Face checkpoint folder (config.json, tokenizer, safetensors) to GGUF.",
      "OUT appears when it is whole and the engine has loaded it."
    })
final class ModelConvert implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The checkpoint's folder.")
  private Path folder = Path.of(".");

  @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
  private Path out = Path.of(".");

  @Option(
      names = "--format",
      defaultValue = "q8_0",
      description = "f32, f16, bf16 or q8_0 (${DEFAULT-VALUE}); norms and routers stay f32.")
  private String format = "q8_0";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ModelConversion.convert(folder, out, format, progress(spec.commandLine().getErr()));
    var writer = spec.commandLine().getOut();
    writer.printf("wrote %s, %,d MB%n", out, Files.size(out) / 1_000_000);
    writer.flush();
    return 0;
  }

  /** Says every tenth. */
  private static ModelConversion.Progress progress(PrintWriter err) {
    var said = new int[] {-1};
    return (tensor, number, count) -> {
      int tenth = 10 * (number - 1) / count;
      if (tenth > said[0]) {
        said[0] = tenth;
        err.printf("%3d %%  %d of %d tensors: %s%n", 10 * tenth, number, count, tensor);
        err.flush();
      }
    };
  }
}
