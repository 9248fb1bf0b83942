package io.witan.engine.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolCallReaderTests {

  private record Example(
      ToolCallFormat format,
      String answer,
      String text,
      List<String> names,
      List<String> arguments) {}

  static List<Example> examples() {
    var weather = "{\"place\": \"{K\\\"öln}]\", \"x\": [1, {\"y\": \"\\\\\"}]}";
    return List.of(
        new Example(
            ToolCallFormat.QWEN,
            "Let me see.\n<tool_call>\n{\"name\": \"weather\", \"arguments\": "
                + weather
                + "}\n</tool_call>",
            "Let me see.",
            List.of("weather"),
            List.of(weather)),
        new Example(
            ToolCallFormat.QWEN,
            "<tool_call>\n{\"name\":\"weather\",\"arguments\":"
                + weather
                + "}\n</tool_call>\n<tool_call>\n"
                + "{\"name\": \"time\", \"arguments\": {}}\n</tool_call>",
            "",
            List.of("weather", "time"),
            List.of(weather, "{}")),
        new Example(
            ToolCallFormat.QWEN,
            "a < b <tool \n<tool_cal",
            "a < b <tool \n<tool_cal",
            List.of(),
            List.of()),
        new Example(
            ToolCallFormat.LLAMA,
            "\n{\"name\": \"weather\", \"parameters\": " + weather + "}",
            "",
            List.of("weather"),
            List.of(weather)),
        new Example(
            ToolCallFormat.LLAMA,
            "<|python_tag|>{\"type\": \"function\", \"name\": \"time\", \"parameters\": {}}",
            "",
            List.of("time"),
            List.of("{}")),
        new Example(
            ToolCallFormat.LLAMA,
            "{\"names\": 1} and {\"name\": \"time\"",
            "{\"names\": 1} and {\"name\": \"time\"",
            List.of(),
            List.of()),
        new Example(
            ToolCallFormat.MISTRAL,
            "[TOOL_CALLS] [{\"name\": \"weather\", \"arguments\": "
                + weather
                + ", \"id\": \"abcDEF123\"}, "
                + "{\"name\": \"time\", \"arguments\": {}}]",
            "",
            List.of("weather", "time"),
            List.of(weather, "{}")),
        new Example(
            ToolCallFormat.MISTRAL_IDS,
            "Yes. [TOOL_CALLS]weather[CALL_ID]abcDEF123[ARGS]"
                + weather
                + "[TOOL_CALLS]time[CALL_ID]123456789[ARGS]{}",
            "Yes.",
            List.of("weather", "time"),
            List.of(weather, "{}")),
        new Example(
            ToolCallFormat.MISTRAL_NAMES,
            "[TOOL_CALLS]time[ARGS]{}",
            "",
            List.of("time"),
            List.of("{}")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsTheSameHoweverItIsCut(Example example) {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var reader = new ToolCallReader(example.format, random);
      var events = new ArrayList<ToolEvent>();
      int most = 1 + seed % 17;
      for (int at = 0; at < example.answer.length(); ) {
        int to = Math.min(example.answer.length(), at + 1 + random.nextInt(most));
        events.addAll(reader.accept(example.answer.substring(at, to)));
        at = to;
      }
      events.addAll(reader.finish());

      var text = new StringBuilder();
      var names = new ArrayList<String>();
      var arguments = new ArrayList<String>();
      for (var event : events) {
        switch (event) {
          case ToolEvent.Text it -> text.append(it.text());
          case ToolEvent.Call it -> {
            assertThat(it.index()).isEqualTo(names.size());
            assertThat(it.id()).matches("[A-Za-z0-9]{9}");
            names.add(it.name());
            arguments.add("");
          }
          case ToolEvent.Arguments it ->
              arguments.set(it.index(), arguments.get(it.index()) + it.text());
        }
      }
      assertThat(text.toString()).isEqualTo(example.text);
      assertThat(names).isEqualTo(example.names);
      assertThat(arguments).isEqualTo(example.arguments);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void tellsArgumentsAsTheyCome(Example example) {
    if (!example.names.contains("weather")) {
      return;
    }
    var reader = new ToolCallReader(example.format, new Random(1));
    int parts = 0;
    for (int i = 0; i < example.answer.length(); i++) {
      for (var event : reader.accept(example.answer.substring(i, i + 1))) {
        parts += event instanceof ToolEvent.Arguments ? 1 : 0;
      }
    }
    assertThat(parts).isEqualTo(String.join("", example.arguments).length());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void takesTheModelsOwnIdWhereItComesFirst(Example example) {
    var reader = new ToolCallReader(example.format, new Random(1));
    var calls =
        reader.accept(example.answer).stream()
            .filter(ToolEvent.Call.class::isInstance)
            .map(event -> ((ToolEvent.Call) event).id())
            .toList();
    if (example.format == ToolCallFormat.MISTRAL_IDS) {
      assertThat(calls).containsExactly("abcDEF123", "123456789");
    } else {
      assertThat(calls).doesNotHaveDuplicates().doesNotContain("abcDEF123");
    }
  }
}
