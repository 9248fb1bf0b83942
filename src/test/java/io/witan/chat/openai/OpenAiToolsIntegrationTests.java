package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.witan.Cast;
import io.witan.models.residency.FixtureGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Functions and structured output through the official clients for Java and npm, unmodified, with a
 * model of random weights: without masks it would write nothing that a client can read.
 */
@OpenAiApplication
class OpenAiToolsIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODEL = "Tool Tester";

  @TempDir private Path folder = Path.of(".");
  @Autowired ApplicationContext context;
  @Autowired ScriptedGenerator active;

  private @Nullable FixtureGenerator fixture;
  private Cast cast;
  private String key;
  private OpenAIClient client;

  /** Arguments as the client reads them. */
  static class Forecast {
    public Unit unit = Unit.CELSIUS;
    public int days;
    public boolean exact;

    enum Unit {
      CELSIUS,
      FAHRENHEIT
    }
  }

  @BeforeEach
  void start() throws IOException {
    var loaded = new FixtureGenerator(MODEL, "call-tags.jinja", List.of(), folder);
    fixture = loaded;
    active.replaceBy(loaded.generator());
    cast = Cast.of(context);
    key =
        cast.member("openai-tools")
            .post("/api/v1/me/api-keys", Map.of("name", "client"))
            .json()
            .path("secret")
            .stringValue();
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + cast.port() + "/v1")
            .apiKey(key)
            .maxRetries(0)
            .responseValidation(true)
            .build();
  }

  @AfterEach
  void stop() {
    active.replaceBy(null);
    if (fixture != null) {
      fixture.close();
    }
  }

  private static ChatCompletionCreateParams.Builder chat(long seed) {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .seed(seed)
        .maxCompletionTokens(600)
        .addUserMessage("Weather in Ulm, and the time?");
  }

  private static FunctionDefinition forecast() {
    return FunctionDefinition.builder()
        .name("Forecast")
        .strict(true)
        .parameters(
            FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                    "properties",
                    JsonValue.from(
                        Map.of(
                            "unit",
                            Map.of("enum", List.of("CELSIUS", "FAHRENHEIT")),
                            "days",
                            Map.of("type", "integer", "minimum", 1, "maximum", 9),
                            "exact",
                            Map.of("type", "boolean"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("unit", "days", "exact")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build())
        .build();
  }

  private static FunctionDefinition time() {
    return FunctionDefinition.builder()
        .name("time")
        .description("The time at a place")
        .parameters(
            FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                    "properties",
                    JsonValue.from(Map.of("place", Map.of("enum", List.of("Ulm", "北京")))))
                .putAdditionalProperty("required", JsonValue.from(List.of("place")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build())
        .build();
  }

  private static ChatCompletionMessageFunctionToolCall onlyCall(ChatCompletion completion) {
    var choice = completion.choices().getFirst();
    assertThat(choice.finishReason().asString()).isEqualTo("tool_calls");
    assertThat(choice.message().content()).isEmpty();
    var calls = choice.message().toolCalls().orElseThrow();
    assertThat(calls).hasSize(1);
    return calls.getFirst().function().orElseThrow();
  }

  @Test
  void javaClientCallsAFunctionAndTellsItsResult() {
    var wanted =
        chat(1)
            .addFunctionTool(forecast())
            .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
            .parallelToolCalls(false);

    var completion = client.chat().completions().create(wanted.build());
    var call = onlyCall(completion);
    var forecast = call.function().arguments(Forecast.class);
    var told =
        client
            .chat()
            .completions()
            .create(
                chat(1)
                    .addFunctionTool(forecast())
                    .addMessage(completion.choices().getFirst().message())
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId(call.id())
                            .contentAsJson(Map.of("degrees", 21))
                            .build())
                    .maxCompletionTokens(8)
                    .build());

    assertThat(call.function().name()).isEqualTo("Forecast");
    assertThat(forecast.unit).isNotNull();
    assertThat(call.id()).matches("[A-Za-z0-9]{9}");
    assertThat(told.choices().getFirst().message().content().orElseThrow()).isNotEmpty();
    assertThat(told.choices().getFirst().message().toolCalls()).isEmpty();
  }

  @Test
  void javaClientStreamsTheSameCall() {
    var wanted =
        chat(7)
            .addFunctionTool(time())
            .addFunctionTool(forecast())
            .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
            .parallelToolCalls(false)
            .build();
    var whole = onlyCall(client.chat().completions().create(wanted));
    var accumulator = ChatCompletionAccumulator.create();
    int parts = 0;
    try (var stream = client.chat().completions().createStreaming(wanted)) {
      for (var chunk : stream.stream().map(accumulator::accumulate).toList()) {
        parts += chunk.choices().getFirst().delta().toolCalls().isPresent() ? 1 : 0;
      }
    }

    var streamed = onlyCall(accumulator.chatCompletion());
    assertThat(streamed.function().name()).isEqualTo(whole.function().name());
    assertThat(streamed.function().arguments()).isEqualTo(whole.function().arguments());
    assertThat(parts).isGreaterThan(2);
  }

  @Test
  void javaClientNamesTheFunction() {
    var call =
        onlyCall(
            client
                .chat()
                .completions()
                .create(
                    chat(3)
                        .addFunctionTool(time())
                        .addFunctionTool(forecast())
                        .toolChoice(
                            ChatCompletionNamedToolChoice.builder()
                                .function(
                                    ChatCompletionNamedToolChoice.Function.builder()
                                        .name("time")
                                        .build())
                                .build())
                        .parallelToolCalls(false)
                        .build()));

    assertThat(call.function().name()).isEqualTo("time");
    assertThat(JSON.readTree(call.function().arguments()).path("place").stringValue())
        .isIn("Ulm", "北京");
  }

  @Test
  void nobodyIsCalledWhereNoneMayBe() {
    var completion =
        client
            .chat()
            .completions()
            .create(
                chat(3)
                    .addFunctionTool(time())
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
                    .maxCompletionTokens(8)
                    .build());

    assertThat(completion.choices().getFirst().message().toolCalls()).isEmpty();
    assertThat(completion.choices().getFirst().message().content()).isPresent();
  }

  @Test
  void javaClientReadsStructuredOutput() {
    var schema =
        ResponseFormatJsonSchema.JsonSchema.builder()
            .name("place")
            .strict(true)
            .schema(
                ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                    .putAdditionalProperty("type", JsonValue.from("object"))
                    .putAdditionalProperty(
                        "properties", JsonValue.from(Map.of("days", Map.of("type", "integer"))))
                    .putAdditionalProperty("required", JsonValue.from(List.of("days")))
                    .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                    .build())
            .build();
    var plain =
        client
            .chat()
            .completions()
            .create(
                chat(5)
                    .responseFormat(ResponseFormatJsonSchema.builder().jsonSchema(schema).build())
                    .build());

    var text = plain.choices().getFirst().message().content().orElseThrow();
    assertThat(JSON.readTree(text).path("days").isIntegralNumber()).isTrue();
  }

  private BadRequestException refusal(ChatCompletionCreateParams wanted) {
    return catchThrowableOfType(
        BadRequestException.class, () -> client.chat().completions().create(wanted));
  }

  @Test
  void whatCannotBeDoneIsRefusedByName() throws IOException {
    var unknown =
        refusal(
            chat(1)
                .addFunctionTool(time())
                .toolChoice(
                    ChatCompletionNamedToolChoice.builder()
                        .function(
                            ChatCompletionNamedToolChoice.Function.builder().name("date").build())
                        .build())
                .build());
    var odd =
        refusal(
            chat(1)
                .addFunctionTool(
                    FunctionDefinition.builder()
                        .name("odd")
                        .parameters(
                            FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("minProperties", JsonValue.from(2))
                                .build())
                        .build())
                .build());
    var unanswered =
        refusal(
            chat(1)
                .addMessage(
                    ChatCompletionToolMessageParam.builder()
                        .toolCallId("call00009")
                        .content("21")
                        .build())
                .build());
    var knowledge = refusal(chat(1).model("witan").addFunctionTool(time()).build());
    try (var mute = new FixtureGenerator(MODEL, "chatml.jinja", List.of(), folder)) {
      active.replaceBy(mute.generator());
      var template = refusal(chat(1).addFunctionTool(time()).build());

      assertThat(template.param()).contains("tools");
      assertThat(template.getMessage()).contains("chat template");
    }

    assertThat(unknown.param()).contains("tool_choice.function.name");
    assertThat(odd.param()).contains("tools");
    assertThat(odd.getMessage()).contains("odd", "minProperties");
    assertThat(unanswered.param()).contains("messages[1].tool_call_id");
    assertThat(knowledge.param()).contains("tools");
  }

  @Test
  void npmClientGetsTheSame() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(Path.of("frontend/node_modules/openai")),
        "the front end's packages are not installed (frontend.skip)");
    var log = Files.createDirectories(Path.of("target")).resolve("openai-tools.log");
    var builder = new ProcessBuilder("node", "e2e/openai-tools.mjs");
    builder.directory(Path.of("frontend").toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("BASE", "http://127.0.0.1:" + cast.port());
    builder.environment().put("KEY", key);
    builder.environment().put("MODEL", MODEL);

    var process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();

    var told = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    var got = JSON.readTree(told.substring(told.indexOf('{')));
    assertThat(got.path("finish").stringValue()).isEqualTo("tool_calls");
    assertThat(got.path("content").isNull()).isTrue();
    assertThat(got.path("name").stringValue()).isEqualTo("forecast");
    assertThat(got.path("arguments").path("days").isIntegralNumber()).isTrue();
    assertThat(got.path("streamed")).isEqualTo(got.path("arguments"));
    assertThat(got.path("streamedFinish").stringValue()).isEqualTo("tool_calls");
    assertThat(got.path("parsed").path("unit").stringValue()).isIn("C", "F");
    assertThat(got.path("ran").path("days").isIntegralNumber()).isTrue();
    assertThat(got.path("structured").path("place").stringValue().length()).isLessThanOrEqualTo(12);
    assertThat(got.path("object").isObject()).isTrue();
    assertThat(got.path("refused").stringValue()).isEqualTo("400 invalid_value tool_choice");
  }
}
