package io.witan.models.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.SamplingOptions;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCall;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ChatMessage.Role;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GeneratedPiece.CallPart;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import io.witan.models.network.KeySeal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions that a remote generator is sent, and its calls of them. */
class RemoteToolsTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Tool WEATHER =
      new Tool(
          "weather",
          "Weather at a place",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("place", Map.of("type", "string")),
              "required",
              List.of("place")));
  private static final Tool TIME = new Tool("time", null, null);

  private final FakeRemote remote = new FakeRemote();
  private final List<GeneratedPiece> pieces = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path state;
  private RemoteConnections connections;

  @BeforeEach
  void open() {
    connections =
        new RemoteConnections(
            new KeySeal("", state), new RemoteSettings(2, 3, 2), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    connections.close();
    remote.close();
  }

  private static ToolUse use(Set<String> callable, boolean required, boolean parallel) {
    return new ToolUse(List.of(WEATHER, TIME), callable, required, parallel);
  }

  private GenerationEnd ask(Prompt prompt, SamplingOptions sampling) {
    var row =
        new RemoteRepository.Row(
            UUID.randomUUID(),
            "Remote",
            RemoteAddress.of(remote.address()),
            "some/model",
            null,
            4096,
            Instant.EPOCH);
    var request =
        new GeneratorRequest(prompt, sampling, 100, "ann", null, null, Duration.ofSeconds(20));
    return connections
        .generator(row)
        .start(request.leaving(), pieces::add)
        .end()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private GenerationEnd ask(ToolUse use) {
    var question = List.of(ChatMessage.user("Weather in Köln?"));
    return ask(new Prompt.Conversation(question, use), SamplingOptions.greedy());
  }

  private JsonNode sent() {
    return JSON.readTree(remote.received().getLast().body());
  }

  private String text() {
    return String.join("", pieces.stream().map(GeneratedPiece::text).toList());
  }

  private List<CallPart> parts() {
    return pieces.stream().map(GeneratedPiece::calls).flatMap(List::stream).toList();
  }

  private String arguments(int index) {
    return String.join(
        "",
        parts().stream().filter(part -> part.index() == index).map(CallPart::arguments).toList());
  }

  @Test
  void theFunctionsAreSentAsTheyAre() {
    ask(use(Set.of("weather", "time"), false, true));

    var tools = sent().path("tools");
    assertThat(tools).hasSize(2);
    assertThat(tools.path(0).path("type").asString()).isEqualTo("function");
    var weather = tools.path(0).path("function");
    assertThat(weather.path("name").asString()).isEqualTo("weather");
    assertThat(weather.path("description").asString()).isEqualTo("Weather at a place");
    assertThat(weather.path("parameters").path("properties").path("place").path("type").asString())
        .isEqualTo("string");
    assertThat(weather.path("parameters").path("required").path(0).asString()).isEqualTo("place");
    var time = tools.path(1).path("function");
    assertThat(time.path("parameters").path("type").asString()).isEqualTo("object");
    assertThat(sent().has("tool_choice")).isFalse();
    assertThat(sent().has("parallel_tool_calls")).isFalse();
  }

  @Test
  void theChoiceIsSent() {
    ask(use(Set.of("weather", "time"), true, false));
    assertThat(sent().path("tool_choice").asString()).isEqualTo("required");
    assertThat(sent().path("parallel_tool_calls").booleanValue()).isFalse();

    ask(use(Set.of("time"), true, true));
    assertThat(sent().path("tool_choice").path("function").path("name").asString())
        .isEqualTo("time");

    ask(use(Set.of("time"), false, true));
    assertThat(sent().has("tool_choice")).isFalse();
    assertThat(sent().path("tools")).hasSize(1);
    assertThat(sent().path("tools").path(0).path("function").path("name").asString())
        .isEqualTo("time");
  }

  @Test
  void itsCallsComeAfterItsText() {
    remote.behaviour =
        FakeRemote.calling(
            "Let me see.",
            """
            {"index":0,"id":"call_a","type":"function",\
            "function":{"name":"weather","arguments":""}}""",
            """
            {"index":0,"function":{"arguments":"{\\"place\\":"}}""",
            """
            {"index":0,"function":{"arguments":"\\"Köln\\"}"}}""");

    var end = ask(use(Set.of("weather", "time"), false, true));

    assertThat(end.reason()).as(String.valueOf(end.failure())).isEqualTo(Reason.STOP);
    assertThat(text()).isEqualTo("Let me see.");
    var begins = parts().getFirst().begins();
    assertThat(begins).isEqualTo(new GeneratedPiece.CallName("call_a", "weather"));
    assertThat(arguments(0)).isEqualTo("{\"place\":\"Köln\"}");
    assertThat(end.generatedTokens()).isPositive();
    assertThat(end.firstToken()).isNotNull();
  }

  @Test
  void severalCallsAreNumbered() {
    remote.behaviour =
        FakeRemote.calling(
            "",
            """
            {"index":0,"id":"call_a","type":"function",\
            "function":{"name":"weather","arguments":"{\\"place\\":\\"Bonn\\"}"}}""",
            """
            {"index":1,"id":"call_b","type":"function",\
            "function":{"name":"time","arguments":""}}""");

    var end = ask(use(Set.of("weather", "time"), true, true));

    assertThat(end.reason()).as(String.valueOf(end.failure())).isEqualTo(Reason.STOP);
    var begun = parts().stream().filter(part -> part.begins() != null).toList();
    assertThat(begun).extracting(CallPart::index).containsExactly(0, 1);
    assertThat(begun)
        .extracting(CallPart::begins)
        .containsExactly(
            new GeneratedPiece.CallName("call_a", "weather"),
            new GeneratedPiece.CallName("call_b", "time"));
    assertThat(arguments(0)).isEqualTo("{\"place\":\"Bonn\"}");
    assertThat(arguments(1)).isEqualTo("{}");
  }

  @Test
  void whatWasHeldBackForAStopTextComesBeforeACall() {
    remote.behaviour =
        FakeRemote.calling(
            "One E",
            """
            {"index":0,"id":"call_a","type":"function",\
            "function":{"name":"time","arguments":"{}"}}""");
    var question = List.of(ChatMessage.user("What time is it?"));
    var prompt = new Prompt.Conversation(question, use(Set.of("time"), false, true));

    ask(prompt, SamplingOptions.greedy().withStop(List.of("END")));

    assertThat(text()).isEqualTo("One E");
    assertThat(pieces.getLast().calls()).isNotEmpty();
  }

  @Test
  void callsAndTheirResultsAreSentBack() {
    var call = new ToolCall("call_a", "weather", Map.of("place", "Köln"));
    var prompt =
        new Prompt.Conversation(
            List.of(
                ChatMessage.user("Weather in Köln?"),
                new ChatMessage(Role.ASSISTANT, "", List.of(call), null),
                new ChatMessage(Role.TOOL, "rain", List.of(), "call_a")));

    var end = ask(prompt, SamplingOptions.greedy());

    assertThat(end.reason()).as(String.valueOf(end.failure())).isEqualTo(Reason.STOP);
    var messages = sent().path("messages");
    assertThat(messages).hasSize(3);
    var made = messages.path(1).path("tool_calls").path(0);
    assertThat(made.path("id").asString()).isEqualTo("call_a");
    assertThat(made.path("function").path("name").asString()).isEqualTo("weather");
    assertThat(JSON.readTree(made.path("function").path("arguments").asString()))
        .isEqualTo(JSON.readTree("{\"place\":\"Köln\"}"));
    assertThat(messages.path(2).path("role").asString()).isEqualTo("tool");
    assertThat(messages.path(2).path("tool_call_id").asString()).isEqualTo("call_a");
    assertThat(messages.path(2).path("content").asString()).isEqualTo("rain");
    assertThat(sent().has("tools")).isFalse();
  }
}
