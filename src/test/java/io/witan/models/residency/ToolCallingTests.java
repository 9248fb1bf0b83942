package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.SamplingOptions;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt.Conversation;
import io.witan.models.generation.ToolsRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Calls that models of random weights write: only the grammar makes calls of them. */
class ToolCallingTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Tool WEATHER =
      new Tool(
          "weather",
          "Weather at a place",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of(
                  "place",
                  Map.of("type", "string", "maxLength", 8),
                  "days",
                  Map.of("type", "integer", "minimum", 1, "maximum", 9)),
              "required",
              List.of("place", "days"),
              "additionalProperties",
              false));
  private static final Tool TIME = new Tool("time", "What time it is", null);

  @TempDir private Path folder = Path.of(".");

  private static Heard ask(FixtureGenerator fixture, ToolUse use, long seed) {
    var heard = new Heard();
    var prompt =
        new Conversation(
            List.of(ChatMessage.system("Be brief."), ChatMessage.user("Weather in Köln?")), use);
    var request =
        new GeneratorRequest(
            prompt,
            seed == 0 ? SamplingOptions.greedy() : SamplingOptions.varied(seed),
            300,
            "ann",
            null,
            "ann",
            Duration.ofMinutes(2));
    fixture.generator().start(request, heard).end().join();
    return heard;
  }

  private record Called(String name, String arguments) {}

  private static List<Called> calls(Heard heard) {
    var calls = new ArrayList<Called>();
    heard.pieces.stream()
        .map(GeneratedPiece::calls)
        .flatMap(List::stream)
        .forEach(
            part -> {
              if (part.begins() != null) {
                assertThat(part.index()).isEqualTo(calls.size());
                calls.add(new Called(part.begins().name(), part.arguments()));
              } else {
                var call = calls.get(part.index());
                calls.set(part.index(), new Called(call.name, call.arguments + part.arguments()));
              }
            });
    return calls;
  }

  @ParameterizedTest
  @CsvSource({
    "header-blocks.jinja,''",
    "call-tags.jinja,''",
    "call-tags.jinja,<tool_call> </tool_call>",
    "thinking.jinja,''",
    "inst.jinja,''",
    "inst.jinja,[TOOL_CALLS]",
    "call-list.jinja,[TOOL_CALLS]",
    "call-names.jinja,[TOOL_CALLS] [CALL_ID] [ARGS]"
  })
  void whatMustBeCalledIsCalledWithValidArguments(String template, String controls)
      throws IOException {
    var marks = controls.isEmpty() ? List.<String>of() : List.of(controls.split(" "));
    try (var fixture = new FixtureGenerator("Tool Tester", template, marks, folder)) {
      var use = new ToolUse(List.of(WEATHER, TIME), Set.of("weather", "time"), true, false);
      for (int seed = 0; seed < 6; seed++) {
        var heard = ask(fixture, use, seed);

        assertThat(heard.text()).isEmpty();
        assertThat(heard.end).isNotNull().extracting(GenerationEnd::reason).isEqualTo(Reason.STOP);
        var call = calls(heard).getFirst();
        assertThat(calls(heard)).hasSize(1);
        var arguments = JSON.readTree(call.arguments);
        if (call.name.equals("weather")) {
          assertThat(arguments.get("place").asString().codePoints().count()).isLessThanOrEqualTo(8);
          assertThat(arguments.get("days").asInt()).isBetween(1, 9);
        } else {
          assertThat(call.name).isEqualTo("time");
          assertThat(arguments).isEmpty();
        }
      }
      var named = ask(fixture, new ToolUse(List.of(WEATHER, TIME), Set.of("time"), true, false), 3);
      assertThat(calls(named)).extracting(Called::name).containsExactly("time");
      assertThat(JSON.readTree(calls(named).getFirst().arguments)).isEmpty();
    }
  }

  @Test
  void whatNeedNotBeCalledLeavesTextFree() throws IOException {
    try (var fixture = new FixtureGenerator("Tool Tester", "call-tags.jinja", List.of(), folder)) {
      var use = new ToolUse(List.of(WEATHER), Set.of("weather"), false, true);
      var prompt = List.of(ChatMessage.user("Weather in Köln?"));
      var told = new Heard();
      var free = ask(fixture, use, 0);
      var request =
          new GeneratorRequest(
              new Conversation(prompt),
              SamplingOptions.greedy(),
              20,
              "ann",
              null,
              "ann",
              Duration.ofMinutes(2));
      fixture.generator().start(request, told).end().join();

      assertThat(calls(free)).isEmpty();
      assertThat(free.text()).isNotEmpty();
      assertThat(told.text()).isNotEmpty();
    }
  }

  @Test
  void aTemplateWithoutCallsIsRefusedByName() throws IOException {
    try (var fixture = new FixtureGenerator("Mute", "chatml.jinja", List.of(), folder)) {
      var use = new ToolUse(List.of(TIME), Set.of("time"), false, true);

      assertThatThrownBy(() -> ask(fixture, use, 0))
          .isInstanceOf(ToolsRefused.class)
          .hasMessageContaining("template");
    }
  }
}
