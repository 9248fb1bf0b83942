package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.ApiClient;
import io.witan.ApiClient.Answer;
import io.witan.Cast;
import io.witan.SpoiltBodies;
import io.witan.models.Embedders;
import io.witan.models.generation.Prompt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OpenAiApplication
class OpenAiIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHAT = "/v1/chat/completions";

  private final Cast cast;
  private final ScriptedGenerator generator;
  private final Embedders embedders;
  private ApiClient program;

  OpenAiIntegrationTests(
      @Autowired ApplicationContext context,
      @Autowired ScriptedGenerator generator,
      @Autowired Embedders embedders) {
    this.cast = Cast.of(context);
    this.generator = generator;
    this.embedders = embedders;
    this.program = cast.nobody();
  }

  @BeforeEach
  void key() {
    program = cast.programOf(cast.member("openai-otto"));
  }

  @AfterEach
  void activate() {
    generator.activate(true);
  }

  private static Map<String, Object> chat(String text, Map<String, Object> more) {
    var body = new HashMap<String, Object>(more);
    body.putIfAbsent("model", ScriptedGenerator.NAME);
    body.put("messages", List.of(Map.of("role", "user", "content", text)));
    return body;
  }

  private static JsonNode error(Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json().propertyNames()).containsExactly("error");
    return answer.json().path("error");
  }

  private static List<JsonNode> events(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    var events = new ArrayList<JsonNode>();
    for (var line : answer.text().split("\n\n")) {
      if (line.startsWith("data: {")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  @Test
  void answersWithTextUsageAndReason() {
    var answer = program.post(CHAT, chat("hello there", Map.of("temperature", 0, "seed", 7)));

    var body = answer.json();
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(body.path("object").stringValue()).isEqualTo("chat.completion");
    assertThat(body.path("id").stringValue()).startsWith("chatcmpl-");
    assertThat(body.path("model").stringValue()).isEqualTo(ScriptedGenerator.NAME);
    assertThat(body.path("system_fingerprint").stringValue()).startsWith("witan_");
    var choice = body.path("choices").path(0);
    assertThat(choice.path("message").path("content").stringValue()).isEqualTo("echo hello there");
    assertThat(choice.path("message").has("witan")).isFalse();
    assertThat(choice.path("finish_reason").stringValue()).isEqualTo("stop");
    assertThat(body.path("usage").path("prompt_tokens").intValue()).isEqualTo(2);
    assertThat(body.path("usage").path("completion_tokens").intValue()).isEqualTo(3);
    assertThat(body.path("usage").path("total_tokens").intValue()).isEqualTo(5);
    assertThat(generator.lastRequest().sampling().isGreedy()).isTrue();
    assertThat(generator.lastRequest().sampling().seed()).isEqualTo(7);
    assertThat(generator.lastRequest().owner()).isEqualTo(cast.id("openai-otto"));
    assertThat(generator.lastRequest().privateKey()).isEqualTo(cast.id("openai-otto"));
    assertThat(generator.lastRequest().publicKey()).isNull();
  }

  @Test
  void readsPartsAndAllRolesAsAConversation() {
    var messages =
        List.of(
            Map.of("role", "developer", "content", "be brief"),
            Map.of("role", "user", "content", "one"),
            Map.of("role", "assistant", "content", "two"),
            Map.of(
                "role",
                "user",
                "content",
                List.of(
                    Map.of("type", "text", "text", "three"),
                    Map.of("type", "text", "text", "four"))));

    var answer = program.post(CHAT, Map.of("model", ScriptedGenerator.ID, "messages", messages));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(((Prompt.Conversation) generator.lastRequest().prompt()).messages())
        .extracting(it -> it.role() + " " + it.content())
        .containsExactly("SYSTEM be brief", "USER one", "ASSISTANT two", "USER three\nfour");
    assertThat(generator.lastRequest().sampling().temperature()).isEqualTo(1);
  }

  @Test
  void streamsWhatItAnswersWhole() {
    var answer =
        program.post(
            CHAT,
            chat(
                "to be streamed",
                Map.of("stream", true, "stream_options", Map.of("include_usage", true))));

    var events = events(answer);
    var text = new StringBuilder();
    events.forEach(
        it -> text.append(it.path("choices").path(0).path("delta").path("content").asString("")));
    assertThat(text).hasToString("echo to be streamed");
    assertThat(events.getFirst().path("choices").path(0).path("delta").path("role").stringValue())
        .isEqualTo("assistant");
    assertThat(events)
        .allSatisfy(it -> assertThat(it.path("id")).isEqualTo(events.getFirst().path("id")));
    assertThat(
            events
                .get(events.size() - 2)
                .path("choices")
                .path(0)
                .path("finish_reason")
                .stringValue())
        .isEqualTo("stop");
    assertThat(events.getLast().path("choices").isEmpty()).isTrue();
    assertThat(events.getLast().path("usage").path("total_tokens").intValue()).isEqualTo(7);
    assertThat(answer.text()).endsWith("data: [DONE]\n\n");
  }

  @Test
  void stopsAtTextsAndLimits() {
    var stopped = program.post(CHAT, chat("one two three", Map.of("stop", "two"))).json();
    var cut = program.post(CHAT, chat("one two", Map.of("max_completion_tokens", 2))).json();

    var first = stopped.path("choices").path(0);
    assertThat(first.path("message").path("content").stringValue()).isEqualTo("echo one ");
    assertThat(first.path("finish_reason").stringValue()).isEqualTo("stop");
    var second = cut.path("choices").path(0);
    assertThat(second.path("message").path("content").stringValue()).isEqualTo("echo one ");
    assertThat(second.path("finish_reason").stringValue()).isEqualTo("length");
  }

  @Test
  void reportsAsManyLogProbabilitiesAsAskedFor() {
    var whole = program.post(CHAT, chat("é", Map.of("logprobs", true, "top_logprobs", 2))).json();
    var none = program.post(CHAT, chat("x", Map.of("logprobs", true))).json();
    var streamed = events(program.post(CHAT, chat("é", Map.of("logprobs", true, "stream", true))));

    var tokens = whole.path("choices").path(0).path("logprobs").path("content");
    assertThat(tokens.size()).isEqualTo(2);
    assertThat(tokens.path(1).path("token").stringValue()).isEqualTo("é");
    assertThat(tokens.path(1).path("bytes").toString()).isEqualTo("[195,169]");
    assertThat(tokens.path(1).path("logprob").doubleValue()).isEqualTo(-0.5);
    assertThat(tokens.path(1).path("top_logprobs").size()).isEqualTo(2);
    assertThat(
            none.path("choices")
                .path(0)
                .path("logprobs")
                .path("content")
                .path(0)
                .path("top_logprobs")
                .isEmpty())
        .isTrue();
    assertThat(
            streamed
                .get(1)
                .path("choices")
                .path(0)
                .path("logprobs")
                .path("content")
                .path(0)
                .path("token")
                .stringValue())
        .isEqualTo("echo ");
  }

  @Test
  void continuesTexts() {
    var body =
        Map.of(
            "model",
            ScriptedGenerator.NAME,
            "prompt",
            "once upon a",
            "logprobs",
            1,
            "max_tokens",
            3);
    var whole = program.post("/v1/completions", body).json();
    var streaming = new HashMap<String, Object>(body);
    streaming.put("stream", true);
    var events = events(program.post("/v1/completions", streaming));

    assertThat(whole.path("object").stringValue()).isEqualTo("text_completion");
    var choice = whole.path("choices").path(0);
    assertThat(choice.path("text").stringValue()).isEqualTo("echo once upon ");
    assertThat(choice.path("finish_reason").stringValue()).isEqualTo("length");
    assertThat(choice.path("logprobs").path("text_offset").toString()).isEqualTo("[0,5,10]");
    assertThat(choice.path("logprobs").path("top_logprobs").path(0).toString())
        .isEqualTo("{\"echo \":-0.5}");
    assertThat(events.stream().map(it -> it.path("choices").path(0).path("text").asString("")))
        .containsExactly("echo ", "once ", "upon ", "");
    assertThat(generator.lastRequest().prompt()).isEqualTo(new Prompt.PlainText("once upon a"));
  }

  @Test
  void embedsAsTheIndexDoes() {
    var model = embedders.forLanguage("en");
    var expected = model.embedPassages(List.of("annual leave", "parking"));

    var floats =
        program
            .post(
                "/v1/embeddings",
                Map.of("model", "all-minilm-l6-v2-q", "input", List.of("annual leave", "parking")))
            .json();
    var base64 =
        program
            .post(
                "/v1/embeddings",
                Map.of("model", model.id(), "input", "annual leave", "encoding_format", "base64"))
            .json();

    assertThat(floats.path("data").path(1).path("index").intValue()).isEqualTo(1);
    assertThat(floats.path("usage").path("prompt_tokens").intValue()).isBetween(5, 9);
    for (int row = 0; row < 2; row++) {
      var vector = floats.path("data").path(row).path("embedding");
      assertThat(vector.size()).isEqualTo(model.dimensions());
      for (int i = 0; i < vector.size(); i++) {
        assertThat(vector.path(i).floatValue()).isCloseTo(expected.get(row)[i], within(1e-3f));
      }
    }
    var bytes =
        ByteBuffer.wrap(
                Base64.getDecoder()
                    .decode(base64.path("data").path(0).path("embedding").stringValue()))
            .order(ByteOrder.LITTLE_ENDIAN);
    var alone = new float[model.dimensions()];
    bytes.asFloatBuffer().get(alone);
    assertThat(bytes.remaining()).isEqualTo(model.dimensions() * Float.BYTES);
    assertThat(alone)
        .containsExactly(model.embedPassages(List.of("annual leave")).getFirst(), within(1e-5f));
  }

  @Test
  void listsModelsAndFindsThemByTheListedNames() {
    var models = program.get("/v1/models").json().path("data");

    assertThat(models.valueStream().map(it -> it.path("id").stringValue()))
        .containsExactly(
            "witan",
            ScriptedGenerator.NAME,
            ScriptedGenerator.NAME + ":legal",
            "all-minilm-l6-v2-q",
            "bge-small-zh-v1.5-q");
    assertThat(program.get("/v1/models/all-minilm-l6-v2-q").json().path("object").stringValue())
        .isEqualTo("model");
    assertThat(error(program.get("/v1/models/gpt-4")).path("code").stringValue())
        .isEqualTo("model_not_found");
  }

  @Test
  void writesWithTheAdapterThatTheNameSays() {
    String name = ScriptedGenerator.NAME + ":legal";
    var answer = program.post(CHAT, chat("hello", Map.of("model", name)));

    assertThat(answer.json().path("model").stringValue()).isEqualTo(name);
    assertThat(generator.lastRequest().adapter()).isEqualTo("legal");
    program.post(CHAT, chat("hello", Map.of()));
    assertThat(generator.lastRequest().adapter()).isNull();
    var unknown = program.post(CHAT, chat("x", Map.of("model", ScriptedGenerator.NAME + ":art")));
    assertThat(error(unknown).path("code").stringValue()).isEqualTo("model_not_found");
  }

  @Test
  void refusesFormatsThatAreNone() {
    var kind = program.post(CHAT, chat("x", Map.of("response_format", Map.of("type", "xml"))));
    var unnamed =
        Map.of("type", "json_schema", "json_schema", Map.of("schema", Map.of("type", "object")));
    var name = program.post(CHAT, chat("x", Map.of("response_format", unnamed)));

    assertThat(error(kind).path("param").stringValue()).isEqualTo("response_format.type");
    assertThat(error(name).path("param").stringValue())
        .isEqualTo("response_format.json_schema.name");
  }

  @Test
  void refusesEachUnusableMemberByName() {
    var refused = new HashMap<String, Object>();
    refused.put("temperature", 3);
    refused.put("top_p", "half");
    refused.put("n", 2);
    refused.put("frequency_penalty", 0.5);
    refused.put("logit_bias", Map.of("50256", -100));
    refused.put("tools", "weather");
    refused.put("tool_choice", "required");
    refused.put("response_format", "json");
    refused.put("max_tokens", 0);
    refused.put("stop", List.of(""));
    refused.put("top_logprobs", 3);
    refused.put("stream_options", Map.of("include_usage", true));
    refused.put("seed", "x");
    refused.forEach(
        (name, value) -> {
          var answer = program.post(CHAT, chat("x", Map.of(name, value)));
          assertThat(answer.status()).as("%s: %s", name, answer.text()).isEqualTo(400);
          assertThat(error(answer).path("param").asString("")).isEqualTo(name);
          assertThat(error(answer).path("type").stringValue()).isEqualTo("invalid_request_error");
        });
    assertThat(error(program.post(CHAT, Map.of("model", "x"))).path("param").stringValue())
        .isEqualTo("messages");
    var image =
        Map.of(
            "model",
            ScriptedGenerator.NAME,
            "messages",
            List.of(Map.of("role", "user", "content", List.of(Map.of("type", "image_url")))));
    assertThat(error(program.post(CHAT, image)).path("param").stringValue())
        .isEqualTo("messages[0].content[0].type");
  }

  @Test
  void refusesWhateverIsWrongInOneValue() {
    var function =
        Map.of(
            "type",
            "function",
            "function",
            Map.of(
                "name", "look", "description", "Looks.", "parameters", Map.of("type", "object")));
    var whole =
        Map.of(
            CHAT,
            chat(
                "hello",
                Map.ofEntries(
                    Map.entry("temperature", 0.5),
                    Map.entry("top_p", 0.5),
                    Map.entry("seed", 7),
                    Map.entry("stop", List.of("end")),
                    Map.entry("max_completion_tokens", 5),
                    Map.entry("logprobs", true),
                    Map.entry("top_logprobs", 2),
                    Map.entry("stream", false),
                    Map.entry("tools", List.of(function)),
                    Map.entry("tool_choice", "none"))),
            CHAT + "?knowledge",
            chat("hello", Map.of("witan", Map.of("collections", List.of("x"), "assistant", "x"))),
            "/v1/completions",
            Map.of(
                "model", ScriptedGenerator.NAME, "prompt", "hello", "max_tokens", 5, "echo", false),
            "/v1/embeddings",
            Map.of("model", "x", "input", List.of("hello"), "encoding_format", "float"));
    var softly = new SoftAssertions();
    whole.forEach(
        (path, body) -> {
          for (var spoilt : SpoiltBodies.of(body)) {
            var answer =
                program.sendBytes(
                    "POST",
                    path,
                    spoilt.getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/json"));
            softly
                .assertThat(answer.status())
                .as("%s %s: %s", path, spoilt, answer.text())
                .isLessThan(500);
            if (answer.status() != 200) {
              softly
                  .assertThat(answer.json().path("error").path("message").asString())
                  .as("%s %s: %s", path, spoilt, answer.text())
                  .isNotBlank();
            }
          }
        });
    softly.assertAll();
  }

  @Test
  void answersEveryFailureInTheShapeOfThatApi() {
    var unreadable = program.post(CHAT, "no object");
    var unknown = program.post("/v1/audio/speech", Map.of());
    var wrongMethod = program.get(CHAT);
    var noModel = program.post(CHAT, chat("x", Map.of("model", "gpt-4")));
    var tooLong = program.post(CHAT, chat("word ".repeat(ScriptedGenerator.CONTEXT), Map.of()));
    var overloaded = program.post(CHAT, chat("overloaded", Map.of("stream", true)));
    var broken = program.post(CHAT, chat("break", Map.of()));

    assertThat(unreadable.status()).isEqualTo(400);
    assertThat(error(unreadable).path("param").stringValue()).isEqualTo("body");
    assertThat(List.of(unknown.status(), wrongMethod.status())).containsOnly(404);
    assertThat(error(unknown).path("code").stringValue()).isEqualTo("unknown_url");
    assertThat(noModel.status()).isEqualTo(404);
    assertThat(error(noModel).path("code").stringValue()).isEqualTo("model_not_found");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(error(tooLong).path("code").stringValue()).isEqualTo("context_length_exceeded");
    assertThat(overloaded.status()).isEqualTo(429);
    assertThat(overloaded.header("Retry-After")).isEqualTo("7");
    assertThat(error(overloaded).path("code").stringValue()).isEqualTo("rate_limit_exceeded");
    assertThat(broken.status()).isEqualTo(503);
    assertThat(error(broken).path("type").stringValue()).isEqualTo("server_error");
  }

  @Test
  void tellsInsideTheStreamWhatBreaksIt() {
    var answer = program.post(CHAT, chat("break", Map.of("stream", true)));

    var events = events(answer);
    assertThat(events.get(1).path("choices").path(0).path("delta").path("content").stringValue())
        .isEqualTo("half ");
    assertThat(events.getLast().path("error").path("code").stringValue())
        .isEqualTo("generation_failed");
    assertThat(answer.text()).doesNotContain("[DONE]");
  }

  @Test
  void saysHowToActivateAModelWhereThereIsNone() {
    generator.activate(false);

    var answer = program.post(CHAT, chat("x", Map.of()));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(error(answer).path("code").stringValue()).isEqualTo("no_generator");
    assertThat(error(answer).path("message").stringValue()).contains("witan model activate");
  }

  @Test
  void takesKeysOnly() {
    var browser = cast.member("openai-otto");
    var answers =
        List.of(
            cast.nobody().get("/v1/models"),
            cast.nobody().post(CHAT, chat("x", Map.of())),
            ApiClient.program(cast.port(), "wtn_" + "A".repeat(43)).get("/v1/models"),
            ApiClient.program(cast.port(), "sk-something").get("/v1/no/such/thing"),
            browser.get("/v1/models"),
            browser.post(CHAT, chat("x", Map.of())));

    for (var answer : answers) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(error(answer).path("code").stringValue()).isEqualTo("invalid_api_key");
    }
  }

  @Test
  void stopsGeneratingWhenTheClientHangsUp() throws InterruptedException {
    program.hangUpOn(CHAT, chat("endless", Map.of("stream", true)));

    assertThat(generator.wasCancelled(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void stopsGeneratingWhenTheClientOfAWholeAnswerHangsUp() throws Exception {
    for (var path : List.of(CHAT, "/v1/completions")) {
      generator.renew();
      var body = path.equals(CHAT) ? chat("endless", Map.of()) : new HashMap<String, Object>();
      body.putIfAbsent("model", ScriptedGenerator.NAME);
      body.putIfAbsent("prompt", "endless");
      try (var left = program.ask(path, body)) {
        assertThat(generator.wasAsked(Duration.ofSeconds(10))).isTrue();
        assertThat(generator.wasCancelled(Duration.ofMillis(300))).isFalse();
      }

      assertThat(generator.wasCancelled(Duration.ofSeconds(2))).as(path).isTrue();
    }
  }
}
