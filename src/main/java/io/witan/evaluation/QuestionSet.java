package io.witan.evaluation;

import io.witan.evaluation.AskedQuestion.Exchange;
import io.witan.evaluation.AskedQuestion.GivenText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Questions of one source in one language. */
public record QuestionSet(String name, List<AskedQuestion> questions) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public QuestionSet {
    questions = List.copyOf(questions);
  }

  /**
   * Reads a file of questions, or all of a folder: {@code .jsonl}, also compressed as {@code
   * .jsonl.xz}. Files of the split {@code train} are left out.
   *
   * @param sample so many questions of each set at most, evenly spread
   * @throws IllegalArgumentException if there are none
   */
  public static List<QuestionSet> readAll(Path place, int sample) {
    Map<String, List<AskedQuestion>> sets = new LinkedHashMap<>();
    for (var file : files(place)) {
      for (var question : read(file)) {
        var name = question.source() + " " + question.language();
        sets.computeIfAbsent(name, it -> new ArrayList<>()).add(question);
      }
    }
    if (sets.isEmpty()) {
      throw new IllegalArgumentException(place + " has no file of questions with passages");
    }
    return sets.entrySet().stream()
        .map(set -> new QuestionSet(set.getKey(), spread(set.getValue(), sample)))
        .toList();
  }

  private static List<Path> files(Path place) {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    try (var files = Files.list(place)) {
      return files.filter(file -> file.toString().matches(".*\\.jsonl(\\.xz)?")).sorted().toList();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot read " + place);
    }
  }

  static <T> List<T> spread(List<T> all, int sample) {
    int count = Math.min(sample, all.size());
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }

  /** Nothing of a file whose first line is no question, or is one to learn from. */
  private static List<AskedQuestion> read(Path file) {
    var questions = new ArrayList<AskedQuestion>();
    try (var in = Files.newInputStream(file);
        var plain = file.toString().endsWith(".xz") ? new XZInputStream(in) : in;
        var lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var json = JSON.readTree(line);
        if (!isAsked(json)) {
          return List.of();
        }
        questions.add(question(json));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (JacksonException noJson) {
      throw new IllegalArgumentException(file + " is not JSON, line " + (questions.size() + 1));
    }
    return questions;
  }

  private static boolean isAsked(JsonNode json) {
    return json.path("question").isString()
        && json.path("passages").isArray()
        && !json.path("split").asString("").equals("train");
  }

  private static AskedQuestion question(JsonNode json) {
    var passages = new ArrayList<GivenText>();
    json.path("passages")
        .forEach(
            passage ->
                passages.add(
                    new GivenText(
                        passage.path("title").asString(""), passage.path("text").asString(""))));
    Set<Integer> gold = new TreeSet<>();
    json.path("gold").forEach(place -> gold.add(place.asInt()));
    return new AskedQuestion(
        json.path("id").asString(""),
        json.path("lang").asString("en"),
        json.path("source").asString("questions"),
        json.path("question").asString(),
        passages,
        accepted(json),
        json.path("answerable").asBoolean(true),
        gold,
        earlier(json.path("history")));
  }

  private static AcceptedAnswers accepted(JsonNode json) {
    var values = new ArrayList<List<AnswerText>>();
    for (var answer : json.path("answers")) {
      var texts =
          answer.isArray()
              ? answer.valueStream().map(JsonNode::asString).toList()
              : List.of(answer.asString());
      values.add(texts.stream().map(AnswerText::of).toList());
    }
    return new AcceptedAnswers(json.path("answers_mode").asString("").startsWith("all"), values);
  }

  private static List<Exchange> earlier(JsonNode history) {
    var turns = new ArrayList<Exchange>();
    String asked = "";
    for (var message : history) {
      var text = message.path("text").asString("");
      if (message.path("role").asString("").equals("user")) {
        asked = text;
      } else if (!asked.isEmpty()) {
        turns.add(new Exchange(asked, text));
        asked = "";
      }
    }
    return turns;
  }
}
