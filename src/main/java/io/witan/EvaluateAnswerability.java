package io.witan;

import io.witan.evaluation.AnswerabilityCalibration;
import io.witan.evaluation.AnswerabilityCalibration.Pair;
import io.witan.evaluation.RetrievalDataSet;
import io.witan.evaluation.ScratchPerson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits and judges the rule that refuses questions which the documents do not answer. */
@Command(
    name = "answerability",
    description = {
      "Ask the questions of data sets of their own corpus and of a foreign one, fit the rule",
      "that refuses on every other question, and print how it does on the rest."
    })
final class EvaluateAnswerability implements Callable<Integer> {
  @Option(
      names = "--pair",
      required = true,
      paramLabel = "OWN=FOREIGN",
      description =
          "A BEIR-like folder, and a folder (BEIR-like, or of Markdown files) that does not answer"
              + " its questions; may be repeated.")
  private List<String> pairs = List.of();

  @Option(names = "--set", description = "Only this query set; may be repeated.")
  private List<String> sets = List.of();

  @Option(
      names = "--questions",
      defaultValue = "250",
      description = "At most so many questions of each set (default: ${DEFAULT-VALUE}).")
  private int questions = 250;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var read = new ArrayList<Pair>();
    for (var pair : pairs) {
      read.add(read(pair));
    }
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try (var scratch = ScratchInstallation.start(err::println)) {
      var person = scratch.bean(ScratchPerson.class).create();
      var found =
          scratch
              .bean(AnswerabilityCalibration.class)
              .calibrate(person, read, questions, err::println);
      found
          .weights()
          .forEach(
              (language, it) ->
                  out.printf(
                      "%s: %.2f + %.2f coverage + %.2f cosine%n", language, it[0], it[1], it[2]));
      out.printf(
          "%-10s %-14s %9s %14s %10s%n",
          "set", "asked of", "questions", "refused (rule)", "(this fit)");
      for (var it : found.judgements()) {
        out.printf(
            "%-10s %-14s %9d %13.1f%% %9.1f%%%n",
            it.set(),
            it.answerable() ? "its own" : it.corpus(),
            it.questions(),
            100 * it.refusedByProduct(),
            100 * it.refusedByFit());
      }
      out.flush();
    }
    return 0;
  }

  private Pair read(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new CommandProblem("--pair " + pair + ": give two folders as OWN=FOREIGN");
    }
    try {
      var own = RetrievalDataSet.read(Path.of(pair.substring(0, equals)), List.of());
      var wanted =
          own.sets().stream().filter(it -> sets.isEmpty() || sets.contains(it.name())).toList();
      return new Pair(
          new RetrievalDataSet(own.name(), own.corpus(), wanted),
          RetrievalDataSet.readCorpus(Path.of(pair.substring(equals + 1))));
    } catch (IllegalArgumentException notADataSet) {
      throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
    }
  }
}
