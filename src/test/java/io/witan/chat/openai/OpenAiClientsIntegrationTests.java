package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.witan.Cast;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.TestCatalogue;
import io.witan.chat.conversations.TestIndex;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.models.Embedders;
import io.witan.retrieval.PassageIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official clients for Java and npm, unmodified, against a running Witan. */
@OpenAiApplication
class OpenAiClientsIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUESTION = "How many days of annual leave do employees have?";
  private static final String FACT = "thirty-one days of annual leave";
  private static final String PERSON = "openai-clients";

  @Autowired ApplicationContext context;
  @Autowired ScriptedGenerator generator;
  @Autowired Embedders embedders;
  @Autowired JdbcClient jdbc;
  @Autowired ScopedTransactions transactions;
  @Autowired PassageIndex passages;

  private Cast cast;
  private String key;
  private OpenAIClient client;
  private CollectionId collection;

  @BeforeEach
  void start() {
    cast = Cast.of(context);
    key = keyOf(PERSON);
    client = client(key);
    var scope = AccessScope.of(new PersonId(UUID.fromString(cast.id(PERSON))), false);
    collection = new TestCatalogue(jdbc, transactions).collection("Handbook", scope);
    new TestIndex(passages, transactions)
        .document(
            collection, "Leave policy", "en", "Employees have " + FACT + " per year. Ask early.");
  }

  private String keyOf(String person) {
    var created = cast.member(person).post("/api/v1/me/api-keys", Map.of("name", "client"));
    return created.json().path("secret").stringValue();
  }

  /** With its own strict check of all that we answer. */
  private OpenAIClient client(String apiKey) {
    return OpenAIOkHttpClient.builder()
        .baseUrl("http://127.0.0.1:" + cast.port() + "/v1")
        .apiKey(apiKey)
        .maxRetries(0)
        .responseValidation(true)
        .build();
  }

  private static ChatCompletionCreateParams.Builder chat(String text) {
    return ChatCompletionCreateParams.builder().model(ScriptedGenerator.NAME).addUserMessage(text);
  }

  @Test
  void javaClientChats() {
    var completion =
        client
            .chat()
            .completions()
            .create(
                chat("hello java")
                    .addSystemMessage("be brief")
                    .seed(5)
                    .temperature(0.5)
                    .logprobs(true)
                    .topLogprobs(1)
                    .maxCompletionTokens(50)
                    .stop("never")
                    .build());

    var choice = completion.choices().getFirst();
    assertThat(choice.message().content()).contains("echo hello java | be brief");
    assertThat(choice.finishReason().asString()).isEqualTo("stop");
    assertThat(choice.logprobs().orElseThrow().content().orElseThrow()).isNotEmpty();
    assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
    assertThat(generator.lastRequest().sampling().seed()).isEqualTo(5);
  }

  @Test
  void javaClientStreams() {
    var wanted =
        chat("one two")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    List<ChatCompletionChunk> chunks;
    try (var stream = client.chat().completions().createStreaming(wanted)) {
      chunks = stream.stream().toList();
    }

    assertThat(
            chunks.stream()
                .flatMap(it -> it.choices().stream())
                .flatMap(it -> it.delta().content().stream())
                .collect(Collectors.joining()))
        .isEqualTo("echo one two");
    assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isEqualTo(5);
  }

  @Test
  void javaClientCompletesEmbedsAndListsModels() {
    var completion =
        client
            .completions()
            .create(
                CompletionCreateParams.builder()
                    .model(ScriptedGenerator.NAME)
                    .prompt("once upon")
                    .maxTokens(2)
                    .build());
    var embeddings =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("bge-small-zh-v1.5-q")
                    .inputOfArrayOfStrings(List.of("年假", "停车"))
                    .build());
    var models = client.models().list().autoPager().stream().map(Model::id).toList();

    assertThat(completion.choices().getFirst().text()).isEqualTo("echo once ");
    assertThat(embeddings.data()).hasSize(2);
    assertThat(embeddings.data().getFirst().embedding())
        .hasSize(embedders.forLanguage("zh").dimensions());
    assertThat(models).contains("witan", ScriptedGenerator.NAME, "bge-small-zh-v1.5-q");
    assertThat(client.models().retrieve("bge-small-zh-v1.5-q").ownedBy()).isEqualTo("witan");
  }

  @Test
  void javaClientUnderstandsOurErrors() {
    var chats = client.chat().completions();
    var unknown =
        failure(NotFoundException.class, () -> chats.create(chat("x").model("gpt-4").build()));
    var refused = failure(BadRequestException.class, () -> chats.create(chat("x").n(2).build()));
    var tooLong =
        failure(
            BadRequestException.class,
            () -> chats.create(chat("w ".repeat(ScriptedGenerator.CONTEXT)).build()));
    var overloaded =
        failure(RateLimitException.class, () -> chats.create(chat("overloaded").build()));
    var nobody = failure(UnauthorizedException.class, () -> client("sk-none").models().list());

    assertThat(unknown.code()).contains("model_not_found");
    assertThat(refused.param()).contains("n");
    assertThat(tooLong.code()).contains("context_length_exceeded");
    assertThat(overloaded.headers().values("Retry-After")).containsExactly("7");
    assertThat(nobody.code()).contains("invalid_api_key");
  }

  private static <E extends OpenAIServiceException> E failure(Class<E> type, Runnable call) {
    return catchThrowableOfType(type, call::run);
  }

  @Test
  void javaClientAsksTheDocumentsAndGetsCitations() {
    var answer =
        client
            .chat()
            .completions()
            .create(
                chat(QUESTION)
                    .model("witan")
                    .putAdditionalBodyProperty(
                        "witan",
                        JsonValue.from(Map.of("collections", List.of(collection.toString()))))
                    .build());

    var message = answer.choices().getFirst().message();
    assertThat(message.content().orElseThrow()).contains(FACT).contains("[1]");
    var evidence = evidence(message._additionalProperties());
    var citation = evidence.path("citations").path(0);
    assertThat(evidence.path("mode").stringValue()).isEqualTo("WRITTEN");
    assertThat(citation.path("title").stringValue()).isEqualTo("Leave policy");
    assertThat(citation.path("quote").stringValue()).contains(FACT);
    assertThat(evidence.path("searched").path("collectionCount").intValue()).isEqualTo(1);
  }

  @Test
  void knowledgeStreamsWhatItAnswersWholeAndNeedsNoGenerator() {
    generator.activate(false);
    try {
      List<ChatCompletionChunk> chunks;
      try (var stream =
          client.chat().completions().createStreaming(chat(QUESTION).model("witan").build())) {
        chunks = stream.stream().toList();
      }
      var whole = client.chat().completions().create(chat(QUESTION).model("witan").build());

      var text =
          chunks.stream()
              .flatMap(it -> it.choices().stream())
              .flatMap(it -> it.delta().content().stream())
              .collect(Collectors.joining());
      assertThat(text).contains(FACT);
      assertThat(whole.choices().getFirst().message().content()).contains(text);
      var last = chunks.getLast().choices().getFirst();
      assertThat(last.finishReason().orElseThrow().asString()).isEqualTo("stop");
      assertThat(evidence(last.delta()._additionalProperties()).path("citations")).isNotEmpty();
    } finally {
      generator.activate(true);
    }
  }

  @Test
  void knowledgeStreamsAModelsWordsAsTheyComeAndTellsWhatTheyTook() {
    var asked = chat(QUESTION).model("witan");
    List<ChatCompletionChunk> chunks;
    try (var stream =
        client
            .chat()
            .completions()
            .createStreaming(
                asked
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      chunks = stream.stream().toList();
    }
    var whole = client.chat().completions().create(chat(QUESTION).model("witan").build());

    var texts =
        chunks.stream()
            .flatMap(it -> it.choices().stream())
            .flatMap(it -> it.delta().content().stream())
            .filter(it -> !it.isEmpty())
            .toList();
    assertThat(String.join("", texts))
        .isEqualTo(whole.choices().getFirst().message().content().orElseThrow());
    int blocks = String.join("", texts).split("\n\n").length;
    assertThat(texts).hasSizeGreaterThan(blocks);
    var usage = chunks.getLast().usage().orElseThrow();
    assertThat(usage.promptTokens()).isPositive();
    assertThat(usage.completionTokens()).isPositive();
    assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
    assertThat(whole.usage().orElseThrow().totalTokens()).isEqualTo(usage.totalTokens());
  }

  @Test
  void knowledgeKeepsToWhatTheKeysPersonMayRead() {
    var stranger = client(keyOf("openai-stranger"));
    var named =
        chat(QUESTION)
            .model("witan")
            .putAdditionalBodyProperty(
                "witan", JsonValue.from(Map.of("collections", List.of(collection.toString()))))
            .build();
    var missing =
        chat(QUESTION)
            .model("witan")
            .putAdditionalBodyProperty(
                "witan",
                JsonValue.from(Map.of("collections", List.of(UUID.randomUUID().toString()))))
            .build();

    for (var params : List.of(named, missing)) {
      var message = stranger.chat().completions().create(params).choices().getFirst().message();
      assertThat(message.content().orElseThrow())
          .isEqualTo("The searched documents do not contain an answer to this.");
      assertThat(evidence(message._additionalProperties()).toString())
          .contains("ABSTAINED")
          .doesNotContain("Handbook", "Leave policy", "thirty-one");
    }
  }

  @Test
  void knowledgeRefusesWhatItCannotUse() {
    var chats = client.chat().completions();
    var collections =
        failure(
            BadRequestException.class,
            () ->
                chats.create(
                    chat("x")
                        .putAdditionalBodyProperty(
                            "witan", JsonValue.from(Map.of("collections", List.of("handbook"))))
                        .build()));
    var assistant =
        failure(
            NotFoundException.class,
            () ->
                chats.create(
                    chat("x")
                        .putAdditionalBodyProperty(
                            "witan",
                            JsonValue.from(Map.of("assistant", UUID.randomUUID().toString())))
                        .build()));

    assertThat(collections.param()).contains("witan.collections");
    assertThat(assistant.code()).contains("assistant_not_found");
  }

  private static JsonNode evidence(Map<String, JsonValue> additional) {
    assertThat(additional).containsKey("witan");
    var members = Objects.requireNonNull(additional.get("witan")).convert(Object.class);
    return JSON.valueToTree(members);
  }

  @Test
  void npmClientGetsTheSame() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(Path.of("frontend/node_modules/openai")),
        "the front end's packages are not installed (frontend.skip)");
    var log = Files.createDirectories(Path.of("target")).resolve("openai-client.log");
    var builder = new ProcessBuilder("node", "e2e/openai-client.mjs");
    builder.directory(Path.of("frontend").toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("BASE", "http://127.0.0.1:" + cast.port());
    builder.environment().put("KEY", key);
    builder.environment().put("MODEL", ScriptedGenerator.NAME);
    builder.environment().put("QUESTION", QUESTION);

    var process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();

    var told = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    var got = JSON.readTree(told.substring(told.indexOf('{')));
    assertThat(got.path("chat").stringValue()).isEqualTo("echo from node");
    assertThat(got.path("finish").stringValue()).isEqualTo("stop");
    assertThat(got.path("streamed").path("text").stringValue()).isEqualTo("echo from node");
    assertThat(got.path("streamed").path("usage").path("total_tokens").intValue()).isEqualTo(5);
    assertThat(got.path("knowledge").path("content").stringValue()).contains(FACT);
    assertThat(got.path("knowledge").path("witan").path("citations")).isNotEmpty();
    assertThat(got.path("completion").stringValue()).isEqualTo("echo once ");
    assertThat(got.path("dimensions").toString()).isEqualTo("[384,384]");
    assertThat(got.path("models").toString()).contains("witan", ScriptedGenerator.NAME);
    assertThat(got.path("model").stringValue()).isEqualTo("witan");
    assertThat(got.path("unknownModel").stringValue()).startsWith("404 model_not_found");
    assertThat(got.path("wrongKey").stringValue()).startsWith("401 invalid_api_key");
    assertThat(got.path("refused").stringValue()).isEqualTo("400 invalid_value n");
    assertThat(generator.wasCancelled(Duration.ofSeconds(10))).isTrue();
  }
}
