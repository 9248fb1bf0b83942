package io.witan.evaluation;

import io.witan.evaluation.AskedQuestion.GivenText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Long texts into which a passage was put that answers a question. */
public final class Needles {
  /** Lengths of which a model must find so many. */
  public static final double WANTED = 0.9;

  private static final int GATE_TOKENS = 8_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Needles() {}

  /** Whether what was found of a set of that name counts for the gate. */
  public static boolean counts(String set) {
    var last = set.substring(set.lastIndexOf(' ') + 1);
    return last.matches("\\d+") && Integer.parseInt(last) <= GATE_TOKENS;
  }

  /**
   * Reads {@code needles.jsonl} and the texts that it names; one set for each language and length.
   *
   * @param longest about so many tokens at most
   * @param sample so many of each set at most, evenly spread
   * @throws IllegalArgumentException if the folder has none
   */
  public static List<QuestionSet> read(Path folder, int longest, int sample) throws IOException {
    var file = folder.resolve("needles.jsonl");
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(folder + " has no needles.jsonl");
    }
    Map<String, String> haystacks = new HashMap<>();
    Map<String, List<AskedQuestion>> sets = new LinkedHashMap<>();
    for (var line : Files.readAllLines(file)) {
      var json = JSON.readTree(line);
      int tokens = json.path("approx_tokens").asInt();
      if (tokens <= longest) {
        var name = json.path("haystack").asString();
        if (!haystacks.containsKey(name)) {
          haystacks.put(name, Files.readString(folder.resolve(name)));
        }
        var set = "%s %d".formatted(json.path("lang").asString("en"), tokens);
        sets.computeIfAbsent(set, it -> new ArrayList<>())
            .add(question(json, haystacks.getOrDefault(name, "")));
      }
    }
    return sets.entrySet().stream()
        .map(set -> new QuestionSet(set.getKey(), QuestionSet.spread(set.getValue(), sample)))
        .toList();
  }

  private static AskedQuestion question(JsonNode json, String haystack) {
    int start = json.path("start_char").asInt();
    int end = Math.min(haystack.length(), start + json.path("haystack_chars").asInt());
    var text = with(haystack.substring(start, end), json.path("needle").asString(), depth(json));
    var answers =
        json.path("answers").valueStream().map(it -> AnswerText.of(it.asString())).toList();
    return new AskedQuestion(
        json.path("id").asString(""),
        json.path("lang").asString("en"),
        "needles",
        json.path("question").asString(),
        List.of(new GivenText("", text)),
        new AcceptedAnswers(false, List.of(answers)),
        true,
        Set.of(),
        List.of());
  }

  private static double depth(JsonNode json) {
    return json.path("depth").asDouble();
  }

  /** The text with the needle as a paragraph of its own at the break nearest to that depth. */
  static String with(String text, String needle, double depth) {
    int wanted = (int) (depth * text.length());
    int best = -1;
    for (int at = 0; at <= text.length(); at++) {
      boolean isBreak =
          at == 0
              || at == text.length()
              || text.startsWith("\n\n", at)
              || "。！？".indexOf(text.charAt(at - 1)) >= 0
              || (".!?".indexOf(text.charAt(at - 1)) >= 0 && text.charAt(at) == ' ');
      if (isBreak && (best < 0 || Math.abs(at - wanted) < Math.abs(best - wanted))) {
        best = at;
      }
    }
    return (text.substring(0, best).stripTrailing()
            + "\n\n"
            + needle.strip()
            + "\n\n"
            + text.substring(best).stripLeading())
        .strip();
  }
}
