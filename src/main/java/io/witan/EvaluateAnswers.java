package io.witan;

import io.witan.evaluation.AnswerEvaluation;
import io.witan.evaluation.AnswerScores;
import io.witan.evaluation.OrganisationFolder;
import io.witan.evaluation.RetrievalDataSet;
import io.witan.evaluation.ScratchPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Uploads organisations' files, asks their questions and compares the citations. */
@Command(
    name = "answers",
    description = {
      "Upload each organisation's files (<organisation>/<format>/<document>.<format>, the formats",
      "in turn) into a scratch installation, ask the questions of a BEIR-like folder, and print how",
      "often a right file is among the first three citations and how often the answer is refused."
    })
final class EvaluateAnswers implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILES", description = "The organisations' folders.")
  private Path files = Path.of(".");

  @Parameters(index = "1", paramLabel = "QUERIES", description = "The folder of the questions.")
  private Path queries = Path.of(".");

  @Option(
      names = "--foreign",
      paramLabel = "DIR",
      description = "A corpus that does not answer them: asked of it, they should be refused.")
  private @Nullable Path foreign;

  @Option(names = "--format", description = "Only this format, such as pdf; all if absent.")
  private String format = "";

  @Option(names = "--questions", description = "At most so many questions, evenly spread.")
  private int questions = Integer.MAX_VALUE;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<OrganisationFolder> organisations;
    RetrievalDataSet asked;
    RetrievalDataSet elsewhere;
    try {
      organisations = OrganisationFolder.readAll(files, format);
      asked = RetrievalDataSet.read(queries, List.of());
      elsewhere = foreign == null ? null : RetrievalDataSet.readCorpus(foreign);
    } catch (IllegalArgumentException notADataSet) {
      throw new CommandProblem(String.valueOf(notADataSet.getMessage()));
    }
    var err = spec.commandLine().getErr();
    try (var scratch = ScratchInstallation.start(line -> say(err, line))) {
      var person = scratch.bean(ScratchPerson.class).create();
      var scores =
          new ArrayList<>(
              scratch
                  .bean(AnswerEvaluation.class)
                  .evaluate(
                      person, organisations, sample(asked), elsewhere, line -> say(err, line)));
      scores.add(AnswerScores.total(scores));
      print(spec.commandLine().getOut(), scores);
    }
    return 0;
  }

  private List<RetrievalDataSet.Query> sample(RetrievalDataSet data) {
    var all = data.sets().stream().flatMap(set -> set.queries().stream()).toList();
    int count = Math.min(questions, all.size());
    var sample = new ArrayList<RetrievalDataSet.Query>(count);
    for (int i = 0; i < count; i++) {
      sample.add(all.get((int) ((long) i * all.size() / count)));
    }
    return sample;
  }

  private void print(PrintWriter out, List<AnswerScores> scores) {
    if (json) {
      var organisations = scores.stream().map(EvaluateAnswers::asJson).toList();
      out.println(
          JsonMapper.builder().build().writeValueAsString(Map.of("organisations", organisations)));
    } else {
      out.printf(
          "%-22s %5s %6s %9s %7s %7s %8s %8s %7s%n",
          "organisation",
          "files",
          "failed",
          "questions",
          "first",
          "in 3",
          "refused",
          "foreign",
          "ms");
      for (var it : scores) {
        out.printf(
            "%-22s %5d %6d %9d %6.1f%% %6.1f%% %7.1f%% %8s %7.0f%n",
            it.organisation(),
            it.documents(),
            it.failed(),
            it.questions(),
            100 * it.rightFirst(),
            100 * it.rightAmongThree(),
            100 * it.refused(),
            it.refusedForeign() < 0 ? "-" : "%.1f%%".formatted(100 * it.refusedForeign()),
            it.meanMillis());
      }
    }
    out.flush();
  }

  private static Map<String, Object> asJson(AnswerScores it) {
    var map = new LinkedHashMap<String, Object>();
    map.put("organisation", it.organisation());
    map.put("files", it.documents());
    map.put("failed", it.failed());
    map.put("questions", it.questions());
    map.put("rightFirst", it.rightFirst());
    map.put("rightAmongThree", it.rightAmongThree());
    map.put("refused", it.refused());
    map.put("refusedForeign", it.refusedForeign() < 0 ? null : it.refusedForeign());
    map.put("meanMillis", it.meanMillis());
    return map;
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
