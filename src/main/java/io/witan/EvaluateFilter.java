package io.witan;

import io.witan.evaluation.FilterEvaluation;
import io.witan.evaluation.ScratchPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints how much of an exact search the door finds when a person may read a share of all. */
@Command(
    name = "filter",
    description = {
      "Draw passages around topics into a scratch installation and compare the nearest that the",
      "permission-checked search returns with an exact search, for shares of the collections."
    })
final class EvaluateFilter implements Callable<Integer> {
  @Option(names = "--passages", description = "How many (default: ${DEFAULT-VALUE}).")
  private int passages = 100_000;

  @Option(names = "--collections", description = "How many (default: ${DEFAULT-VALUE}).")
  private int collections = 500;

  @Option(names = "--queries", description = "Of each share (default: ${DEFAULT-VALUE}).")
  private int queries = 50;

  @Option(
      names = "--share",
      split = ",",
      description = "Shares of the collections (default: ${DEFAULT-VALUE}).")
  private List<Double> shares = List.of(1.0, 0.7, 0.5, 0.3, 0.11, 0.01, 0.002);

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (collections < 1 || passages < collections || queries < 1) {
      throw new CommandProblem("needs at least one collection, one passage in each, and one query");
    }
    var err = spec.commandLine().getErr();
    try (var scratch = ScratchInstallation.start(line -> say(err, line))) {
      var person = scratch.bean(ScratchPerson.class).create();
      var results =
          scratch
              .bean(FilterEvaluation.class)
              .evaluate(person, passages, collections, queries, shares, line -> say(err, line));
      print(results);
    }
    return 0;
  }

  private void print(List<FilterEvaluation.Result> results) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(Map.of("shares", results)));
    } else {
      out.printf("%8s %9s %10s %7s%n", "searched", "passages", "recall@10", "ms");
      for (var it : results) {
        out.printf(
            "%7.1f%% %9d %10.3f %7.1f%n",
            100 * it.share(), it.passages(), it.recall(), it.millis());
      }
    }
    out.flush();
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
