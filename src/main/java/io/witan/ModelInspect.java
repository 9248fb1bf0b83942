package io.witan;

import io.witan.engine.ModelFile;
import io.witan.engine.ModelInspection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a model file contains. */
@Command(
    name = "inspect",
    description = "Print a model's metadata, parameters, experts, context and memory needed.")
final class ModelInspect implements Callable<Integer> {
  private static final int SHOWN_CHARACTERS = 100;

  @Parameters(paramLabel = "FILE", description = "A GGUF file; of a split one the first part.")
  private Path path = Path.of(".");

  @Option(names = "--json", description = "Print JSON, with all tensors.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var file = ModelFile.open(path)) {
      var model = file.inspect();
      if (json) {
        out.println(asJson(file, model));
      } else {
        print(file, model, out);
      }
    }
    return 0;
  }

  private String asJson(ModelFile file, ModelInspection model) {
    var all = new LinkedHashMap<String, Object>();
    all.put("file", path.toString());
    all.put("ggufVersion", file.version());
    all.put("model", model);
    all.put("metadata", file.metadata());
    all.put("tensors", file.tensors());
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static void print(ModelFile file, ModelInspection model, PrintWriter out) {
    line(out, "model", model.name());
    line(out, "architecture", model.architecture());
    line(out, "parameters", millions(model.parameters()) + ", active " + active(model));
    line(out, "layers", model.layers() + " of width " + model.width());
    line(out, "heads", model.heads() + ", keys " + model.keyHeads());
    line(out, "experts", experts(model));
    line(out, "context", model.contextTokens() + " tokens");
    line(out, "vocabulary", model.vocabulary() + " tokens, " + model.tokenizer());
    line(out, "chat template", model.hasChatTemplate() ? "yes" : "no");
    line(out, "tensors", model.tensors() + " in " + String.join(", ", model.formats().keySet()));
    line(out, "memory needed", memory(model.memory()));
    out.println();
    file.metadata().forEach((key, value) -> out.println(key + " = " + shortened(value)));
  }

  private static String experts(ModelInspection model) {
    return model.experts() == 0 ? "none" : model.experts() + ", used " + model.expertsUsed();
  }

  private static String memory(ModelInspection.Memory memory) {
    return "%s with %d tokens of context: weights %s, cache %s for each 1,000 tokens"
        .formatted(
            megabytes(memory.totalBytes()),
            memory.contextTokens(),
            megabytes(memory.weightBytes()),
            megabytes(memory.cacheBytesPerToken() * 1000));
  }

  private static String active(ModelInspection model) {
    return model.activeParameters() == model.parameters()
        ? "all"
        : millions(model.activeParameters());
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-14s %s%n", name, value);
  }

  private static String millions(long count) {
    return String.format(Locale.ROOT, "%,.1f million", count / 1e6);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
  }

  private static String shortened(String value) {
    String oneLine = value.replace("\r", "\\r").replace("\n", "\\n");
    return oneLine.length() <= SHOWN_CHARACTERS
        ? oneLine
        : oneLine.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
