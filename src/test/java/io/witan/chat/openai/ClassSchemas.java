package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a program of others does with classes of its own as schemas. The client makes these with a
 * generator that needs a class loader of its own here ({@link OpenAiClassSchemaIntegrationTests}),
 * so only types of the JDK go in and out.
 */
public final class ClassSchemas implements Function<Map<String, String>, Map<String, Object>> {
  /** An answer. */
  public static class Trip {
    public Season season = Season.SUMMER;
    public int nights;
    public boolean train;
    public List<Leg> legs = List.of();
  }

  /** Part of an answer. */
  public static class Leg {
    @JsonPropertyDescription("Where it ends")
    public City to = City.ULM;
  }

  /** A function. */
  public static class Forecast {
    public City place = City.ULM;
    public boolean hourly;
  }

  /** Of few values, so that a model of random weights ends them. */
  public enum Season {
    SUMMER,
    WINTER
  }

  /** The same. */
  public enum City {
    ULM,
    LINZ
  }

  @Override
  public Map<String, Object> apply(Map<String, String> server) {
    var client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.get("base"))
            .apiKey(server.get("key"))
            .maxRetries(0)
            .responseValidation(true)
            .build();
    try {
      var chat = client.chat().completions();
      var trip =
          chat.create(question(server).responseFormat(Trip.class).build())
              .choices()
              .getFirst()
              .message()
              .content()
              .orElseThrow();
      var call =
          chat.create(
                  question(server)
                      .addTool(Forecast.class)
                      .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                      .parallelToolCalls(false)
                      .build())
              .choices()
              .getFirst()
              .message()
              .toolCalls()
              .orElseThrow()
              .getFirst()
              .asFunction()
              .function();
      var forecast = call.arguments(Forecast.class);
      return Map.of(
          "season", trip.season.name(),
          "legs", trip.legs.stream().map(leg -> leg.to.name()).toList(),
          "function", call.name(),
          "place", forecast.place.name());
    } finally {
      client.close();
    }
  }

  private static ChatCompletionCreateParams.Builder question(Map<String, String> server) {
    return ChatCompletionCreateParams.builder()
        .model(server.get("model"))
        .seed(7)
        .maxCompletionTokens(600)
        .addUserMessage("A trip to Ulm?");
  }
}
