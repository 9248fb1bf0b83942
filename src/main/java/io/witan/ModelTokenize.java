package io.witan;

import io.witan.engine.ModelFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns lines of text into lines of token ids. */
@Command(name = "tokenize", description = "Turn lines {\"text\": …} into lines {\"ids\": […]}.")
final class ModelTokenize implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A GGUF file; it needs no tensors.")
  private Path path = Path.of(".");

  @Option(names = "--in", description = "JSON lines to read; standard input if left out.")
  private @Nullable Path in;

  @Option(names = "--out", description = "JSON lines to write; standard output if left out.")
  private @Nullable Path out;

  @Option(
      names = "--add-special",
      description = "Add the beginning and end tokens that the model wants.")
  private boolean addSpecial;

  @Option(
      names = "--parse-special",
      description = "Take names of control tokens in the text for these tokens.")
  private boolean parseSpecial;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (var file = ModelFile.open(path)) {
      new JsonLines(spec.commandLine().getOut())
          .each(
              in,
              out,
              line -> {
                var text = line.path("text");
                if (!text.isString()) {
                  throw new CommandProblem("A line has no string \"text\": " + line);
                }
                return Map.of("ids", file.tokenize(text.asString(), addSpecial, parseSpecial));
              });
    }
    return 0;
  }
}
