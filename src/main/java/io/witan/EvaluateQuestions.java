package io.witan;

import io.witan.evaluation.QuestionReport;
import io.witan.evaluation.QuestionSet;
import io.witan.evaluation.ScratchPerson;
import io.witan.evaluation.SearchedReading;
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

/** Asks questions whose answers are known, and scores what a model and what quotes answer. */
@Command(
    name = "qa",
    description = {
      "Ask questions with passages (a .jsonl or .jsonl.xz file, or a folder of them) through the",
      "chat's own prompt and answers, and print for each data set how well the active model, a",
      "remote generator, a GGUF file and quotes answer, cite and refuse, and the gate that a model",
      "must pass to write by default."
    })
final class EvaluateQuestions implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder or file.")
  private Path place = Path.of(".");

  @Option(
      names = "--given-passages",
      description = {
        "Give each question its own passages, without search and database; else all passages of",
        "a data set are uploaded, and the questions asked of them."
      })
  private boolean given;

  @Mixin private ReaderOptions reader = new ReaderOptions();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<QuestionSet> sets;
    try {
      sets = QuestionSet.readAll(place, reader.sample);
    } catch (IllegalArgumentException notADataSet) {
      throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
    }
    var err = spec.commandLine().getErr();
    try (var evaluated = reader.open(line -> say(err, line))) {
      var report = given ? given(sets, evaluated, err) : searched(sets, evaluated, err);
      var table = new QuestionTable(evaluated.name(), evaluated.sha256(), report);
      var out = spec.commandLine().getOut();
      out.print(json ? table.json() : table.text());
      out.flush();
    }
    return 0;
  }

  private static QuestionReport given(
      List<QuestionSet> sets, EvaluatedGenerator evaluated, PrintWriter err) throws Exception {
    try (var embedders = ReaderOptions.embedders()) {
      return ReaderOptions.given(embedders, evaluated).evaluate(sets, line -> say(err, line));
    }
  }

  private static QuestionReport searched(
      List<QuestionSet> sets, EvaluatedGenerator evaluated, PrintWriter err) throws Exception {
    try (var scratch = ScratchInstallation.start(line -> say(err, line), evaluated)) {
      var person = scratch.bean(ScratchPerson.class).create();
      return scratch
          .bean(SearchedReading.class)
          .evaluate(person, sets, evaluated, line -> say(err, line));
    }
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
