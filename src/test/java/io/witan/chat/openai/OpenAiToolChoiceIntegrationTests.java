package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAllowedToolChoice;
import com.openai.models.chat.completions.ChatCompletionAllowedTools;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import io.witan.Cast;
import io.witan.models.residency.FixtureGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Functions that may be called, not must, through the Java client. The marks of a call are tokens
 * of the vocabulary here, so that a model of random weights, made to choose nearly evenly, writes
 * one now and then.
 */
@OpenAiApplication
class OpenAiToolChoiceIntegrationTests {
  private static final String MODEL = "Choice Tester";
  private static final String MARK = "<tool_call>";
  private static final int SEEDS = 60;

  @TempDir private Path folder = Path.of(".");
  @Autowired ApplicationContext context;
  @Autowired ScriptedGenerator active;

  private @Nullable FixtureGenerator fixture;
  private OpenAIClient client;

  /** Arguments as the client reads them. */
  static class Place {
    public String place = "";
  }

  @BeforeEach
  void start() throws IOException {
    var marks = List.of(MARK, "</tool_call>");
    var loaded = new FixtureGenerator(MODEL, "call-tags.jinja", marks, folder);
    fixture = loaded;
    active.replaceBy(loaded.generator());
    var cast = Cast.of(context);
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + cast.port() + "/v1")
            .apiKey(
                cast.member("openai-choices")
                    .post("/api/v1/me/api-keys", Map.of("name", "client"))
                    .json()
                    .path("secret")
                    .stringValue())
            .maxRetries(0)
            .responseValidation(true)
            .build();
  }

  @AfterEach
  void stop() {
    active.replaceBy(null);
    client.close();
    if (fixture != null) {
      fixture.close();
    }
  }

  private static ChatCompletionCreateParams.Builder chat(long seed) {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .seed(seed)
        .temperature(2)
        .maxCompletionTokens(200)
        .addUserMessage("What time is it in Ulm?")
        .addFunctionTool(function("time"))
        .addFunctionTool(function("weather"));
  }

  private static FunctionDefinition function(String name) {
    return FunctionDefinition.builder()
        .name(name)
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

  private ChatCompletion.Choice answer(ChatCompletionCreateParams wanted) {
    return client.chat().completions().create(wanted).choices().getFirst();
  }

  private static boolean hasCalled(ChatCompletion.Choice choice) {
    return choice.finishReason().equals(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
  }

  private static String place(ChatCompletion.Choice choice) {
    var call = choice.message().toolCalls().orElseThrow().getFirst().asFunction();
    return call.function().arguments(Place.class).place;
  }

  @Test
  void aModelThatBeginsACallByItselfEndsIt() {
    int called = 0;
    int spoke = 0;
    for (long seed = 1; seed <= SEEDS && (called < 3 || spoke == 0); seed++) {
      var wanted = chat(seed).build();
      var choice = answer(wanted);
      var text = choice.message().content().orElse("");
      assertThat(text).doesNotContain(MARK);
      if (hasCalled(choice)) {
        called++;
        assertThat(place(choice)).isIn("Ulm", "北京");
        assertThat(streamed(wanted).message().toolCalls().orElseThrow())
            .hasSameSizeAs(choice.message().toolCalls().orElseThrow());
        assertThat(place(streamed(wanted))).isEqualTo(place(choice));
        assertThat(streamed(wanted).message().content().orElse("")).isEqualTo(text);
      } else if (choice.message().toolCalls().orElse(List.of()).isEmpty()) { // else it was cut
        spoke++;
        assertThat(text).isNotEmpty();
      }
    }
    assertThat(called).isPositive();
    assertThat(spoke).isPositive();
  }

  private ChatCompletion.Choice streamed(ChatCompletionCreateParams wanted) {
    var whole = ChatCompletionAccumulator.create();
    try (var stream = client.chat().completions().createStreaming(wanted)) {
      stream.stream().forEach(whole::accumulate);
    }
    return whole.chatCompletion().choices().getFirst();
  }

  private static ChatCompletionToolChoiceOption allowed(
      ChatCompletionAllowedTools.Mode mode, String name) {
    return ChatCompletionToolChoiceOption.ofAllowedToolChoice(
        ChatCompletionAllowedToolChoice.builder()
            .allowedTools(
                ChatCompletionAllowedTools.builder()
                    .mode(mode)
                    .addTool(
                        ChatCompletionAllowedTools.Tool.builder()
                            .putAdditionalProperty("type", JsonValue.from("function"))
                            .putAdditionalProperty("function", JsonValue.from(Map.of("name", name)))
                            .build())
                    .build())
            .build());
  }

  @Test
  void onlyAllowedFunctionsAreCalled() {
    var required = ChatCompletionAllowedTools.Mode.REQUIRED;
    for (var name : List.of("time", "weather")) {
      for (long seed = 1; seed <= 4; seed++) {
        var choice = answer(chat(seed).toolChoice(allowed(required, name)).build());

        assertThat(choice.message().toolCalls().orElseThrow())
            .extracting(call -> call.asFunction().function().name())
            .containsOnly(name);
      }
    }
    var unknown = chat(1).toolChoice(allowed(required, "date")).build();
    var refused = catchThrowableOfType(BadRequestException.class, () -> answer(unknown));
    assertThat(refused.param().orElse("")).contains("tool_choice.allowed_tools.tools[0]");
  }

  @Test
  void theTokensOfACallHaveTheirProbabilitiesToo() {
    var choice =
        answer(
            chat(2)
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                .parallelToolCalls(false)
                .logprobs(true)
                .topLogprobs(2)
                .build());

    var tokens = choice.logprobs().orElseThrow().content().orElseThrow();
    var written =
        tokens.stream().map(ChatCompletionTokenLogprob::token).collect(Collectors.joining());
    var call = choice.message().toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(written).contains(call.function().arguments().substring(0, 8));
    assertThat(tokens).allMatch(token -> token.logprob() <= 0 && token.topLogprobs().size() == 2);
  }
}
