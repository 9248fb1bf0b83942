package io.witan;

import io.witan.engine.ModelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Turns lines of token ids into lines of text. */
@Command(
    name = "detokenize",
    description = {
      "Turn lines {\"ids\": […]} into lines {\"text\": …}, control tokens left out.",
      "Where the bytes are no UTF-8, \"hex\" holds them as they are."
    })
final class ModelDetokenize implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A GGUF file; it needs no tensors.")
  private Path path = Path.of(".");

  @Option(names = "--in", description = "JSON lines to read; standard input if left out.")
  private @Nullable Path in;

  @Option(names = "--out", description = "JSON lines to write; standard output if left out.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (var file = ModelFile.open(path)) {
      new JsonLines(spec.commandLine().getOut())
          .each(in, out, line -> decoded(file.detokenize(ids(line))));
    }
    return 0;
  }

  private static int[] ids(JsonNode line) {
    var ids = line.path("ids");
    if (!ids.isArray()) {
      throw new CommandProblem("A line has no array \"ids\": " + line);
    }
    return ids.valueStream().mapToInt(ModelDetokenize::id).toArray();
  }

  private static int id(JsonNode id) {
    if (!id.isInt()) {
      throw new CommandProblem("\"ids\" holds something that is no id: " + id);
    }
    return id.asInt();
  }

  private static Map<String, Object> decoded(byte[] bytes) {
    var line = new LinkedHashMap<String, Object>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    line.put("text", text);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      line.put("hex", HexFormat.of().formatHex(bytes));
    }
    return line;
  }
}
