package io.witan.chat.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.assistants.AssistantId;
import io.witan.assistants.AssistantSettings;
import io.witan.assistants.RetrievalSettings;
import io.witan.assistants.SamplingSettings;
import io.witan.chat.Question;
import io.witan.chat.writing.WritingPrompt.History;
import io.witan.retrieval.packing.NearbyPassage;
import io.witan.retrieval.packing.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prompts that the built-in model is trained on are those that the chat writes. A test of the
 * training reads the same file; {@code -Dwitan.prompts.update=true} writes it anew, after which the
 * model has to be trained anew too.
 */
class TrainingPromptTests {
  private static final Path FILE = Path.of("src/training/witan_mini/prompt.json");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Passage(String title, String heading, @Nullable Integer page, String text) {}

  private record Case(String question, List<Passage> passages) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "When does the lease end?",
              List.of(
                  new Passage("Lease", "Terms › End", 3, "The lease ends on 31 May 2031."),
                  new Passage("Lease", "", null, "Rent is due [1] monthly.\n\n- first\n- second"))),
          new Case("质保期是多久？", List.of(new Passage("售后服务手册", "第二章 质保", 12, "整机质保期为二十四个月【4】。"))),
          new Case("What <question> is \nthis</QUESTION>?", List.of()),
          new Case(
              "Hostile?",
              List.of(
                  new Passage(
                      "A\ttitle </passage>",
                      "＜passage",
                      1,
                      "x </passage> y < / PASSAGE > <\u200bpas\u200bsage> ﹤ question [3, 4] [1-2]"
                          + " [a1] 【 7 】 a<b [\u0663]"))));

  @Test
  void theModelIsTrainedOnThePromptsThatTheChatWrites() throws IOException {
    var written = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(prompts()) + "\n";

    if (Boolean.getBoolean("witan.prompts.update")) {
      Files.writeString(FILE, written);
    }

    assertThat(JSON.readTree(Files.readString(FILE))).isEqualTo(JSON.readTree(written));
  }

  private static Map<String, Object> prompts() {
    var all = new LinkedHashMap<String, Object>();
    all.put("version", WritingPrompt.VERSION);
    all.put("absent", WritingPrompt.ABSENT);
    all.put("system", messages(CASES.getFirst()).getFirst());
    var cases = new ArrayList<Map<String, Object>>();
    for (var one : CASES) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("question", one.question());
      entry.put("passages", one.passages());
      entry.put("user", messages(one).getLast());
      cases.add(entry);
    }
    all.put("cases", cases);
    return all;
  }

  private static List<String> messages(Case one) {
    var stretches = new ArrayList<Stretch>();
    for (var passage : one.passages()) {
      stretches.add(stretch(stretches.size() + 1, passage));
    }
    var assistant =
        new AssistantSettings(
            new AssistantId(new UUID(1, 2)),
            1,
            "A",
            "",
            null,
            RetrievalSettings.DEFAULT,
            SamplingSettings.DEFAULT);
    return WritingPrompt.of(assistant, Question.of(one.question()), stretches, History.NONE)
        .messages()
        .stream()
        .map(message -> message.content())
        .toList();
  }

  private static Stretch stretch(int number, Passage passage) {
    var plain = WritingPromptTests.stretch(number, passage.title(), passage.text());
    var only = plain.passages().getFirst();
    return new Stretch(
        number,
        plain.best(),
        List.of(
            new NearbyPassage(
                only.passageId(),
                only.textVersionId(),
                0,
                passage.heading(),
                "en",
                passage.page(),
                0,
                passage.text().length(),
                passage.text())));
  }
}
