package io.witan;

import io.witan.evaluation.RankingScores;
import io.witan.evaluation.RetrievalDataSet;
import io.witan.evaluation.RetrievalEvaluation;
import io.witan.evaluation.ScratchPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Measures the product against data sets, in a scratch database that is deleted afterwards. */
@Command(
    name = "evaluate",
    description = "Measure the product against data sets, in a scratch database.",
    subcommands = {
      EvaluateCommand.Retrieval.class,
      EvaluateAnswers.class,
      EvaluateAnswerability.class,
      EvaluatePerformance.class,
      EvaluateFilter.class,
      EvaluateQuestions.class,
      EvaluateNeedles.class
    })
final class EvaluateCommand {

  /** Loads a corpus through the product and prints how well its queries find it. */
  @Command(
      name = "retrieval",
      description = {
        "Load a BEIR-like folder (corpus.jsonl, queries.<set>.jsonl, qrels.<set>.tsv)",
        "through the product's own chunking, embedding and search, and print recall,",
        "nDCG and MRR of each query set."
      })
  static final class Retrieval implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of(".");

    @Option(names = "--set", description = "Only this query set; may be repeated.")
    private List<String> sets = List.of();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
      RetrievalDataSet data;
      try {
        data = RetrievalDataSet.read(folder, sets);
      } catch (IllegalArgumentException notADataSet) {
        throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
      }
      var err = spec.commandLine().getErr();
      try (var scratch = ScratchInstallation.start(line -> say(err, line))) {
        var person = scratch.bean(ScratchPerson.class).create();
        var scores =
            scratch.bean(RetrievalEvaluation.class).evaluate(person, data, line -> say(err, line));
        print(spec.commandLine().getOut(), scores);
      }
      return 0;
    }

    private void print(PrintWriter out, List<RankingScores> scores) {
      if (json) {
        var sets = scores.stream().map(Retrieval::asJson).toList();
        out.println(JsonMapper.builder().build().writeValueAsString(Map.of("sets", sets)));
      } else {
        out.printf(
            "%-12s %7s %6s %6s %6s %8s %7s %8s%n",
            "set", "queries", "R@1", "R@5", "R@10", "nDCG@10", "MRR@10", "refused");
        for (var it : scores) {
          out.printf(
              "%-12s %7d %6.3f %6.3f %6.3f %8.3f %7.3f %7.1f%%%n",
              it.set(),
              it.queries(),
              it.recallAt1(),
              it.recallAt5(),
              it.recallAt10(),
              it.ndcgAt10(),
              it.mrrAt10(),
              100 * it.refused());
        }
      }
      out.flush();
    }

    private static Map<String, Object> asJson(RankingScores it) {
      var map = new LinkedHashMap<String, Object>();
      map.put("set", it.set());
      map.put("queries", it.queries());
      map.put("recall@1", it.recallAt1());
      map.put("recall@5", it.recallAt5());
      map.put("recall@10", it.recallAt10());
      map.put("ndcg@10", it.ndcgAt10());
      map.put("mrr@10", it.mrrAt10());
      map.put("refused", it.refused());
      return map;
    }

    private static void say(PrintWriter err, String line) {
      err.println(line);
      err.flush();
    }
  }
}
