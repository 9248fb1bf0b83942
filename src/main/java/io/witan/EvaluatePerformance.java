package io.witan;

import io.witan.evaluation.Consumption;
import io.witan.evaluation.OrganisationFolder;
import io.witan.evaluation.Performance;
import io.witan.evaluation.PerformanceEvaluation;
import io.witan.evaluation.RetrievalDataSet;
import io.witan.evaluation.ScratchPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints start-up time, memory, the rate of taking files in, and the time of questions. */
@Command(
    name = "performance",
    description = {
      "Start a scratch installation, upload files (<folder>/<format>/<document>.<format>), ask the",
      "questions of a BEIR-like folder one after the other, and print start-up time, memory,",
      "documents and passages per CPU-second, and how long a question takes."
    })
final class EvaluatePerformance implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILES", description = "The folders with the files.")
  private Path files = Path.of(".");

  @Parameters(index = "1", paramLabel = "QUERIES", description = "The folder of the questions.")
  private Path queries = Path.of(".");

  @Option(
      names = "--questions",
      defaultValue = "100",
      description = "At most so many questions (default: ${DEFAULT-VALUE}).")
  private int questions = 100;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<OrganisationFolder> folders;
    List<RetrievalDataSet.Query> asked;
    try {
      folders = OrganisationFolder.readAll(files, "");
      asked =
          RetrievalDataSet.read(queries, List.of()).sets().stream()
              .flatMap(set -> set.queries().stream())
              .limit(questions)
              .toList();
    } catch (IllegalArgumentException notADataSet) {
      throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
    }
    var err = spec.commandLine().getErr();
    try (var scratch = ScratchInstallation.start(line -> say(err, line))) {
      long startMillis =
          System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      var idle = Consumption.residentBytes();
      var person = scratch.bean(ScratchPerson.class).create();
      var performance =
          scratch
              .bean(PerformanceEvaluation.class)
              .evaluate(person, folders, asked, line -> say(err, line));
      print(figures(startMillis, idle, performance));
    }
    return 0;
  }

  private static Map<String, Object> figures(
      long startMillis, OptionalLong idle, Performance performance) {
    var map = new LinkedHashMap<String, Object>();
    map.put("startSeconds", startMillis / 1000.0);
    map.put("residentMegabytesAfterStart", megabytes(idle));
    map.put("residentMegabytesAfterLoad", megabytes(Consumption.residentBytes()));
    map.put("documents", performance.documents());
    map.put("documentsFailed", performance.failed());
    map.put("passages", performance.passages());
    map.put("ingestSeconds", performance.ingestMillis() / 1000.0);
    map.put("ingestCpuSeconds", performance.ingestCpuSeconds());
    map.put("documentsPerCpuSecond", performance.documentsPerCpuSecond());
    map.put("passagesPerCpuSecond", performance.passagesPerCpuSecond());
    map.put("questions", performance.questions());
    map.put("searchMillisMedian", performance.searchMedianMillis());
    map.put("searchMillis95", performance.searchP95Millis());
    map.put("answerMillisMedian", performance.answerMedianMillis());
    map.put("answerMillis95", performance.answerP95Millis());
    map.put("askingCpuSeconds", performance.askingCpuSeconds());
    return map;
  }

  private static Object megabytes(OptionalLong bytes) {
    return bytes.isPresent() ? bytes.getAsLong() / 1_000_000 : "unknown";
  }

  private void print(Map<String, Object> figures) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(figures));
    } else {
      figures.forEach(
          (name, value) ->
              out.printf(
                  "%-28s %s%n",
                  name, value instanceof Double number ? "%.2f".formatted(number) : value));
    }
    out.flush();
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
