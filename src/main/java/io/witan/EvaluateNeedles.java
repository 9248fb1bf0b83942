package io.witan;

import io.witan.evaluation.Needles;
import io.witan.evaluation.QuestionSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts passages into long texts, and asks for what they say. */
@Command(
    name = "needles",
    description = {
      "Put passages into long texts (needles.jsonl and the texts that it names), give a model each",
      "whole text to read, ask what the passage says, and print how often that is found at which",
      "length; quotes beside it."
    })
final class EvaluateNeedles implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder = Path.of(".");

  @Option(
      names = "--longest",
      paramLabel = "TOKENS",
      description = "Texts of about so many tokens at most (default: ${DEFAULT-VALUE}).")
  private int longest = 32_000;

  @Mixin private ReaderOptions reader = new ReaderOptions();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var sets = sets();
    var err = spec.commandLine().getErr();
    try (var evaluated = reader.open(line -> say(err, line));
        var embedders = ReaderOptions.embedders()) {
      var report = ReaderOptions.given(embedders, evaluated).evaluate(sets, line -> say(err, line));
      var table = new NeedleTable(evaluated.name(), report);
      var out = spec.commandLine().getOut();
      out.print(json ? table.json() : table.text());
      out.flush();
    }
    return 0;
  }

  private List<QuestionSet> sets() throws IOException {
    try {
      return Needles.read(folder, longest, reader.sample);
    } catch (IllegalArgumentException notADataSet) {
      throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
    }
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
