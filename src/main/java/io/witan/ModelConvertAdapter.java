package io.witan;

import io.witan.engine.ModelConversion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an adapter file of a folder of PEFT's. */
@Command(
    name = "convert-adapter",
    description = {
      "Convert a LoRA adapter's folder (adapter_config.json, adapter_model.safetensors) to GGUF.",
      "OUT appears when it is whole and the engine has loaded it beside the model."
    })
final class ModelConvertAdapter implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The adapter's folder.")
  private Path folder = Path.of(".");

  @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
  private Path out = Path.of(".");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The GGUF file of the model that it was made for.")
  private Path model = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    int matrices = ModelConversion.convertAdapter(folder, model, out);
    var writer = spec.commandLine().getOut();
    writer.printf(
        "wrote %s, %,d kB, changes %,d matrices%n", out, Files.size(out) / 1000, matrices);
    writer.flush();
    return 0;
  }
}
