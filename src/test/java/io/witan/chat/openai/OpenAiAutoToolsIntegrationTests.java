package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.models.residency.FixtureGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that a model begins by itself. One of random weights draws the token with which a call
 * begins sooner or later; its seeds say when, so the same ones do in every run.
 */
@OpenAiApplication
class OpenAiAutoToolsIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODEL = "Auto Tester";
  private static final int SEEDS = 40;

  @TempDir private Path folder = Path.of(".");
  @Autowired ApplicationContext context;
  @Autowired ScriptedGenerator active;

  private @Nullable FixtureGenerator fixture;
  private ApiClient program;

  @BeforeEach
  void start() throws IOException {
    var marks = List.of("<tool_call>", "</tool_call>");
    var loaded = new FixtureGenerator(MODEL, "call-tags.jinja", marks, folder);
    fixture = loaded;
    active.replaceBy(loaded.generator());
    var cast = Cast.of(context);
    program = cast.programOf(cast.member("openai-auto"));
  }

  @AfterEach
  void stop() {
    active.replaceBy(null);
    if (fixture != null) {
      fixture.close();
    }
  }

  private static Map<String, Object> function(String name, String argument) {
    var parameters =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(argument, Map.of("enum", List.of("Ulm", "北京"))),
            "required",
            List.of(argument),
            "additionalProperties",
            false);
    return Map.of("type", "function", "function", Map.of("name", name, "parameters", parameters));
  }

  private static Map<String, Object> request(int seed) {
    var request = new HashMap<String, Object>();
    request.put("model", MODEL);
    request.put("seed", seed);
    request.put("temperature", 2);
    request.put("max_completion_tokens", 600);
    request.put("messages", List.of(Map.of("role", "user", "content", "Weather in Ulm?")));
    request.put("tools", List.of(function("weather", "place"), function("time", "zone")));
    return request;
  }

  private JsonNode choice(Map<String, Object> request) {
    var answer = program.post("/v1/chat/completions", request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("choices").path(0);
  }

  private List<JsonNode> deltas(Map<String, Object> request) {
    var streamed = new HashMap<>(request);
    streamed.put("stream", true);
    var text = program.post("/v1/chat/completions", streamed).text();
    assertThat(text).contains("data: [DONE]");
    return text.lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JSON.readTree(line.substring("data: ".length())).path("choices").path(0))
        .toList();
  }

  private record Called(String name, String arguments) {}

  private static List<Called> calls(JsonNode choice) {
    var calls = new ArrayList<Called>();
    for (var call : choice.path("message").path("tool_calls")) {
      var function = call.path("function");
      calls.add(
          new Called(function.path("name").asString(), function.path("arguments").asString()));
    }
    return calls;
  }

  private static List<Called> streamedCalls(List<JsonNode> parts) {
    var calls = new ArrayList<Called>();
    for (var part : parts) {
      for (var delta : part.path("delta").path("tool_calls")) {
        var function = delta.path("function");
        var arguments = function.path("arguments").asString();
        if (delta.has("id")) {
          calls.add(new Called(function.path("name").asString(), arguments));
        } else {
          var call = calls.get(delta.path("index").asInt());
          calls.set(delta.path("index").asInt(), new Called(call.name, call.arguments + arguments));
        }
      }
    }
    return calls;
  }

  private static void requireValid(Called call, String name, String argument) {
    assertThat(call.name).isEqualTo(name);
    assertThat(JSON.readTree(call.arguments).path(argument).asString()).isIn("Ulm", "北京");
    assertThat(JSON.readTree(call.arguments)).hasSize(1);
  }

  @Test
  void whatTheModelBeginsByItselfIsACallWithValidArguments() {
    int found = 0;
    int texts = 0;
    for (int seed = 1; seed <= SEEDS && (found < 3 || texts < 1); seed++) {
      var choice = choice(request(seed));
      var calls = calls(choice);
      if (!choice.path("finish_reason").asString().equals("tool_calls")) {
        texts += calls.isEmpty() ? 1 : 0;
        continue; // text, or a call that the limit has cut
      }
      found++;
      for (var call : calls) {
        requireValid(call, call.name, call.name.equals("time") ? "zone" : "place");
      }
      var parts = deltas(request(seed));
      assertThat(streamedCalls(parts)).isEqualTo(calls);
      var said = new StringBuilder();
      parts.forEach(part -> said.append(part.path("delta").path("content").asString("")));
      assertThat(said.toString()).isEqualTo(choice.path("message").path("content").asString(""));
      assertThat(said.toString()).doesNotContain("<tool_call>");
      assertThat(parts.getLast().path("finish_reason").asString()).isEqualTo("tool_calls");
    }
    assertThat(found).as("answers that are calls").isEqualTo(3);
    assertThat(texts).as("answers that are text").isPositive();
  }

  private static Map<String, Object> allowed(int seed, String mode) {
    var request = request(seed);
    var time = Map.of("type", "function", "function", Map.of("name", "time"));
    request.put(
        "tool_choice",
        Map.of(
            "type",
            "allowed_tools",
            "allowed_tools",
            Map.of("mode", mode, "tools", List.of(time))));
    return request;
  }

  @Test
  void onlyAllowedFunctionsAreCalledWhetherOrNotOneMustBe() {
    for (int seed = 1; seed <= 4; seed++) {
      var must = allowed(seed, "required");
      must.put("parallel_tool_calls", false);
      var calls = calls(choice(must));
      assertThat(calls).hasSize(1);
      requireValid(calls.getFirst(), "time", "zone");
    }
    int found = 0;
    for (int seed = 1; seed <= SEEDS && found < 2; seed++) {
      var choice = choice(allowed(seed, "auto"));
      if (choice.path("finish_reason").asString().equals("tool_calls")) {
        found++;
        calls(choice).forEach(call -> requireValid(call, "time", "zone"));
      }
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void logProbabilitiesAreThoseOfAllTokensOfACall() {
    var request = allowed(5, "required");
    request.put("parallel_tool_calls", false);
    request.put("logprobs", true);
    request.put("top_logprobs", 2);

    var whole = choice(request).path("logprobs").path("content");
    var streamed = new ArrayList<JsonNode>();
    for (var part : deltas(request)) {
      part.path("logprobs").path("content").forEach(streamed::add);
    }

    var written = new StringBuilder();
    for (var token : whole) {
      written.append(token.path("token").asString());
      assertThat(token.path("logprob").asDouble()).isNegative();
      assertThat(token.path("top_logprobs")).hasSize(2);
    }
    assertThat(written.toString()).contains("time", "zone");
    assertThat(streamed).hasSameSizeAs(whole.valueStream().toList());
    assertThat(streamed).isEqualTo(whole.valueStream().toList());
  }
}
