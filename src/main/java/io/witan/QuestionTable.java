package io.witan;

import io.witan.evaluation.QuestionReport;
import io.witan.evaluation.QuestionReport.Row;
import io.witan.evaluation.QuestionScores;
import io.witan.evaluation.ReadingGate;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores of questions as people and programs read them.
 *
 * @param reader the model's name, or “quotes”
 * @param sha256 of the model's file; empty if there is none
 */
record QuestionTable(String reader, String sha256, QuestionReport report) {
  private static final String HEAD = "%6s %6s %6s %7s %7s %6s %6s %6s";

  /** A line for each data set, with the figures of quotes to the right of the model's. */
  String text() {
    boolean model = report.rows().stream().anyMatch(row -> row.model() != null);
    var text = new StringBuilder();
    var head = head();
    text.append("%-24s %5s".formatted("reader: " + reader, "asked")).append(head);
    text.append(model ? " %7s %7s |%s%n".formatted("read/s", "write/s", head) : "\n");
    for (var row : report.rows()) {
      if (row.quotes().questions() > 0) {
        text.append(line(row));
      }
    }
    text.append(model ? "right of the bar: quotes\n\n" : "\n");
    return text.append(gate()).toString();
  }

  private static String head() {
    return HEAD.formatted("F1", "EM", "says", "ref.un", "ref.an", "wrong", "cited", "chars");
  }

  private static String line(Row row) {
    var name = row.name().length() > 24 ? row.name().substring(0, 24) : row.name();
    var model = row.model();
    var start = "%-24s %5d".formatted(name, row.quotes().questions());
    return model == null
        ? start + figures(row.quotes()) + "\n"
        : "%s%s %7.0f %7.0f |%s%n"
            .formatted(
                start,
                figures(model),
                model.readPerSecond(),
                model.writtenPerSecond(),
                figures(row.quotes()));
  }

  private static String figures(QuestionScores it) {
    return HEAD.formatted(
        percent(it.f1()),
        percent(it.exact()),
        percent(it.holds()),
        percent(it.refusedUnanswerable()),
        percent(it.refusedAnswerable()),
        percent(it.wrong()),
        percent(it.citationsRight()),
        it.characters() < 0 ? "-" : "%.0f".formatted(it.characters()));
  }

  private static String percent(double part) {
    return part < 0 ? "-" : "%.1f".formatted(100 * part);
  }

  private String gate() {
    var text = new StringBuilder();
    text.append(
        "%-24s %8s %8s %8s  %s%n".formatted("gate, in %", "wanted", reader(20), "quotes", ""));
    for (var rule : report.gate().rules()) {
      text.append(
          "%-24s %8s %8s %8s  %s%n"
              .formatted(
                  rule.name(),
                  (rule.most() ? "≤ " : "≥ ") + Math.round(100 * rule.bound()),
                  percent(rule.value()),
                  percent(rule.quotes()),
                  rule.passed() ? "pass" : "FAIL"));
    }
    return text.append(report.gate().passed() ? "the gate is passed\n" : "the gate is not passed\n")
        .toString();
  }

  private String reader(int longest) {
    return reader.length() > longest ? reader.substring(0, longest) : reader;
  }

  String json() {
    var map = new LinkedHashMap<String, Object>();
    map.put("reader", reader);
    map.put("sha256", sha256);
    map.put("sets", report.rows());
    map.put("gate", gateJson(report.gate()));
    return JsonMapper.builder().build().writeValueAsString(map) + "\n";
  }

  private static Map<String, Object> gateJson(ReadingGate gate) {
    var map = new LinkedHashMap<String, Object>();
    map.put("passed", gate.passed());
    map.put("rules", gate.rules());
    return map;
  }
}
