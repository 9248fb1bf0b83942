package io.witan;

import io.witan.evaluation.Needles;
import io.witan.evaluation.QuestionReport;
import io.witan.evaluation.QuestionReport.Row;
import io.witan.evaluation.QuestionScores;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found in long texts, as people and programs read it.
 *
 * @param reader the model's name, or “quotes”
 */
record NeedleTable(String reader, QuestionReport report) {

  /** Sets of needles have a language and a length; rows of languages are left out. */
  private List<Row> rows() {
    return report.rows().stream().filter(row -> row.name().matches("\\S+ \\d+")).toList();
  }

  private static QuestionScores judged(Row row) {
    var model = row.model();
    return model == null ? row.quotes() : model;
  }

  /** Whether enough was found at every length that counts. */
  private boolean passed() {
    var counting = rows().stream().filter(row -> Needles.counts(row.name())).toList();
    return !counting.isEmpty()
        && counting.stream().allMatch(row -> judged(row).holds() >= Needles.WANTED);
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        "%-22s %5s %7s %8s %7s %8s %8s%n"
            .formatted("reader: " + reader, "asked", "found", "refused", "read/s", "quotes", ""));
    for (var row : rows()) {
      var it = judged(row);
      boolean counts = Needles.counts(row.name());
      text.append(
          "%-22s %5d %6.1f%% %7.1f%% %7.0f %7.1f%% %8s%n"
              .formatted(
                  row.name(),
                  it.questions(),
                  100 * it.holds(),
                  100 * it.refusedAnswerable(),
                  it.readPerSecond(),
                  100 * row.quotes().holds(),
                  !counts ? "" : it.holds() >= Needles.WANTED ? "pass" : "FAIL"));
    }
    return text.append(
            "wanted: %.0f%% at lengths that are judged; %s%n"
                .formatted(100 * Needles.WANTED, passed() ? "passed" : "not passed"))
        .toString();
  }

  String json() {
    var map = new LinkedHashMap<String, Object>();
    map.put("reader", reader);
    map.put("passed", passed());
    map.put("sets", rows());
    return JsonMapper.builder().build().writeValueAsString(map) + "\n";
  }
}
