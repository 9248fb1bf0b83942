package io.witan.chat.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TestCatalogue;
import io.witan.chat.AnswerEvent;
import io.witan.chat.writing.ScriptedGenerator;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.Generators;
import io.witan.retrieval.PassageIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WholeApplication
@Import(WrittenAnswersIntegrationTests.Scripted.class)
class WrittenAnswersIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUESTION = "How many days of annual leave do employees have?";
  private static final String SECRET = "twenty-seven days of annual leave";
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @TestConfiguration
  static class Scripted {
    @Bean
    ScriptedGenerator scripted() {
      return new ScriptedGenerator();
    }

    @Bean
    @Primary
    Generators scriptedGenerators(ScriptedGenerator generator) {
      return new Generators() {
        @Override
        public Optional<Generator> active() {
          return Optional.of(generator);
        }
      };
    }
  }

  @Autowired ApplicationContext context;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource dataSource;
  @Autowired ScopedTransactions transactions;
  @Autowired PassageIndex passages;
  @Autowired Conversations conversations;
  @Autowired QuestionStore questions;
  @Autowired AnswerWriting writing;
  @Autowired RunningAnswers running;
  @Autowired AbandonedAnswers abandoned;
  @Autowired ScriptedGenerator generator;

  private ApiClient max;
  private AccessScope scope;
  private TestCatalogue catalogue;
  private TestIndex index;
  private CollectionId collection;
  private DocumentId leave;

  @BeforeEach
  void knowledge() {
    generator.reset();
    var cast = Cast.of(context);
    var name = "written-max-" + PEOPLE.incrementAndGet();
    max = cast.member(name);
    scope = AccessScope.of(new PersonId(UUID.fromString(cast.id(name))), false);
    catalogue = new TestCatalogue(jdbc, transactions);
    index = new TestIndex(passages, transactions);
    collection = catalogue.collection("Staff handbook", scope);
    leave =
        index.document(
            collection,
            "Leave policy",
            "en",
            "This page explains leave. Employees have " + SECRET + " per year.",
            "Unused leave may be carried over until March. Requests go to the team lead.");
    generator.pieces = List.of("Employees have twenty-seven", " days of annual leave [", "1]", ".");
  }

  @Test
  void streamsWhatTheModelWritesWithCheckedCitations() {
    var conversation = conversation();

    var events = stream(conversation, Map.of("text", QUESTION));

    var done = events.getLast().data().path("message");
    assertThat(done.path("mode").asString()).isEqualTo("WRITTEN");
    assertThat(done.path("state").asString()).isEqualTo("COMPLETE");
    assertThat(done.path("writer").asString()).isEqualTo("Scripted model");
    var block = done.path("blocks").path(0);
    assertThat(block.path("kind").asString()).isEqualTo("TEXT");
    assertThat(block.path("text").asString())
        .isEqualTo("Employees have twenty-seven days of annual leave [1].");
    assertThat(done.path("citations").path(0).path("quote").asString())
        .isEqualTo("Employees have " + SECRET + " per year.");
    assertThat(done.path("read").path("limitedBy").isNull()).isTrue();
    assertThat(done.path("read").path("passages").asInt()).isPositive();
    var streamed = new StringBuilder();
    events.stream()
        .filter(event -> event.name().equals("text"))
        .forEach(event -> streamed.append(event.data().path("delta").asString()));
    assertThat(streamed.toString()).isEqualTo(block.path("text").asString());
    var stages =
        events.stream()
            .filter(event -> event.name().equals("progress"))
            .map(event -> event.data().path("stage").asString())
            .distinct()
            .toList();
    assertThat(stages).containsExactly("SEARCHING", "READING", "QUEUED", "WRITING");
    assertThat(events.stream().anyMatch(e -> e.data().path("position").asInt(0) == 2)).isTrue();
    assertThat(events.stream().anyMatch(e -> e.data().path("ofTokens").asInt(0) > 0)).isTrue();
    assertThat(open(conversation).path("messages").path(1)).isEqualTo(done);
  }

  @Test
  void keepsWhatTheAnswerWasMadeFrom() {
    var answer = ask(conversation(), Map.of("text", QUESTION));

    var kept =
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        """
                        select w.*, (select count(*) from chat.read_stretch r
                                      where r.message_id = w.message_id) as stretches
                          from chat.writing w where w.message_id = ?::uuid
                        """)
                    .param(answer.path("id").asString())
                    .query()
                    .singleRow());
    assertThat(kept)
        .containsEntry("model_id", "scripted")
        .containsEntry("temperature", 0f)
        .containsEntry("generated_tokens", 4)
        .containsEntry("cut_off", false);
    assertThat((Long) kept.get("stretches")).isPositive();
    var request = generator.requests().getLast();
    assertThat(request.owner()).isEqualTo(scope.requirePerson().value().toString());
    assertThat(request.privateKey()).isEqualTo(request.owner());
    assertThat(request.publicKey()).doesNotContain(request.owner());
    assertThat(request.sampling().isGreedy()).isTrue();
  }

  @Test
  void putsNothingBeforeTheModelThatThePersonMayNotRead() {
    var hidden = catalogue.collection("Board");
    index.document(hidden, "Board leave", "en", "Directors have ninety days of annual leave.");

    ask(conversation(), Map.of("text", QUESTION));

    assertThat(generator.prompts()).contains(SECRET).doesNotContain("Directors", "ninety", "Board");
  }

  @Test
  void abstainsWhenTheModelSaysSo() {
    generator.pieces = List.of("NOT-IN-DOCUMENTS");

    var answer = ask(conversation(), Map.of("text", QUESTION));

    assertThat(answer.path("mode").asString()).isEqualTo("ABSTAINED");
    assertThat(answer.path("blocks").isEmpty()).isTrue();
    assertThat(answer.path("nearest").size()).isPositive();
  }

  @Test
  void quotesWhenTheModelCitesNothingThatHolds() {
    for (var said : List.of("Twenty days, I believe.", "Ninety days [99].")) {
      generator.pieces = List.of(said);

      var answer = ask(conversation(), Map.of("text", QUESTION));

      assertThat(answer.path("mode").asString()).as(said).isEqualTo("QUOTE");
      assertThat(answer.path("writer").asString()).isEqualTo(generator.info().name());
      assertThat(answer.path("blocks").toString()).contains("QUOTE").doesNotContain(said);
      assertThat(answer.path("citations").size()).isPositive();
    }
  }

  @Test
  void answersAgainInOtherWordsAndTakesEarlierTurnsAlong() {
    var conversation = conversation();
    var first = ask(conversation, Map.of("text", QUESTION));
    ask(conversation, Map.of("replaces", first.path("id").asString()));
    assertThat(generator.requests().getLast().sampling().isGreedy()).isFalse();

    ask(conversation, Map.of("text", "And may unused leave be carried over?"));

    var messages =
        ((io.witan.models.generation.Prompt.Conversation) generator.requests().getLast().prompt())
            .messages();
    assertThat(generator.requests().getLast().sampling().isGreedy()).isTrue();
    assertThat(messages).hasSize(4);
    assertThat(messages.get(1).content()).isEqualTo(QUESTION);
    assertThat(messages.get(2).content())
        .isEqualTo("Employees have twenty-seven days of annual leave.");
  }

  @Test
  void writesAsTheAssistantSays() {
    var admin = Cast.of(context).administrator();
    var sampling = Map.of("temperature", 0.9, "topP", 0.5, "answerTokens", 64, "seed", 7);
    var made =
        admin.post(
            "/api/v1/assistants",
            Map.of("name", "Lively " + PEOPLE.incrementAndGet(), "sampling", sampling));
    assertThat(made.status()).as(made.text()).isEqualTo(201);

    ask(conversation(), Map.of("text", QUESTION, "assistantId", made.json().path("id").asString()));

    var request = generator.requests().getLast();
    assertThat(request.maxTokens()).isEqualTo(64);
    assertThat(request.sampling().temperature()).isEqualTo(0.9f);
    assertThat(request.sampling().topP()).isEqualTo(0.5f);
    assertThat(request.sampling().seed()).isEqualTo(7);
  }

  @Test
  void stopsTheModelAndKeepsWhatItWrote() {
    generator.endless = true;
    var id = new ConversationId(conversation());
    var begun = questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));

    Message answer;
    try (var run = running.open(id)) {
      AnswerClient stops =
          event -> {
            if (event instanceof AnswerEvent.TextWritten more && more.delta().contains("[1]")) {
              running.stop(id);
            }
          };
      answer = writing.write(scope, begun, run, stops);
    }

    assertThat(answer.state()).isEqualTo(MessageState.STOPPED);
    assertThat(answer.blocks().getFirst().text()).contains("twenty-seven");
    assertThat(generator.wasCancelled()).isTrue();
  }

  @Test
  void stopsTheModelWhenTheReaderIsGone() {
    generator.endless = true;
    var id = new ConversationId(conversation());
    var begun = questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));
    var stream =
        new AnswerStream(
            new SseEmitter() {
              @Override
              public void send(SseEventBuilder builder) throws IOException {
                var event = builder.build().stream().map(it -> it.getData().toString());
                if (event.anyMatch(it -> it.contains("event:text"))) {
                  throw new IOException("broken pipe");
                }
              }
            });

    Message answer;
    try (var run = running.open(id)) {
      answer = writing.write(scope, begun, run, stream);
    }

    assertThat(stream.isGone()).isTrue();
    assertThat(generator.wasCancelled()).isTrue();
    assertThat(answer.state()).isEqualTo(MessageState.STOPPED);
    assertThat(answer.blocks().getFirst().text()).contains("[1]");
  }

  @Test
  void stopsTheModelWhenWhoWaitsForTheWholeAnswerHangsUp() {
    generator.endless = true;
    var conversation = conversation();
    var whole = Map.of(path(conversation) + "/messages", Map.of("text", QUESTION));
    var once = Map.of("/api/v1/ask", Map.of("question", QUESTION));
    for (var question : List.of(whole, once)) {
      question.forEach(
          (path, body) -> {
            int asked = generator.requests().size();
            var pending = max.ask(path, body);
            await().atMost(Duration.ofSeconds(10)).until(() -> generator.requests().size() > asked);
            assertThat(generator.wasCancelled()).isFalse();

            pending.close();

            await().atMost(Duration.ofSeconds(2)).until(generator::wasCancelled);
            generator.forgetCancelled();
          });
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                open(conversation)
                    .path("messages")
                    .path(1)
                    .path("state")
                    .asString()
                    .equals("STOPPED"));
  }

  @Test
  void keepsAndMarksWhatWasWrittenBeforeAFailure() {
    for (var reason : List.of(GenerationEnd.Reason.FAILED, GenerationEnd.Reason.DEADLINE)) {
      generator.end = reason;
      var conversation = conversation();

      var answer = ask(conversation, Map.of("text", QUESTION));

      assertThat(answer.path("state").asString()).isEqualTo("FAILED");
      assertThat(answer.path("mode").asString()).isEqualTo("WRITTEN");
      assertThat(answer.path("blocks").path(0).path("text").asString()).contains("[1]");
      assertThat(answer.path("problem").path("code").asString())
          .isEqualTo(
              reason == GenerationEnd.Reason.FAILED ? "generation-failed" : "answer-took-too-long");
      assertThat(open(conversation).path("messages").path(1)).isEqualTo(answer);
    }
  }

  @Test
  void saysWhenToComeBackWhenTooManyWait() {
    generator.refusal = () -> new GeneratorOverloaded(Duration.ofSeconds(7));
    var conversation = conversation();

    var refused =
        max.send(
            "POST",
            path(conversation) + "/messages",
            Map.of("text", QUESTION),
            Map.of("Accept", "application/json"));
    var streamed = stream(conversation, Map.of("text", QUESTION));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("generator-overloaded");
    assertThat(refused.header("Retry-After")).isEqualTo("7");
    assertThat(max.post("/api/v1/ask", Map.of("question", QUESTION)).status()).isEqualTo(429);
    assertThat(streamed.getLast().name()).isEqualTo("error");
    assertThat(streamed.getLast().data().path("problem").path("code").asString())
        .isEqualTo("generator-overloaded");
    assertThat(streamed.getLast().data().path("problem").path("retryAfterSeconds").asInt())
        .isEqualTo(7);
    var left = open(conversation).path("messages").path(3);
    assertThat(left.path("state").asString()).isEqualTo("FAILED");
    assertThat(left.path("problem").path("code").asString()).isEqualTo("generator-overloaded");
  }

  @Test
  void marksTheHalfAnswerOfAProcessThatWasKilled() throws Exception {
    generator.endless = true;
    var id = new ConversationId(conversation());
    var thread = writeHalf(id);
    try (var other = new OtherProcess(dataSource, jdbc)) {
      other.takes(transactions, id);
    }
    await().until(() -> abandoned.gone().contains(OtherProcess.NUMBER));

    abandoned.afterSingletonsInstantiated();

    var left = conversations.get(scope, id).messages().getLast();
    assertThat(left.state()).isEqualTo(MessageState.STOPPED);
    assertThat(left.mode()).isEqualTo(io.witan.chat.AnswerMode.WRITTEN);
    assertThat(left.blocks().getFirst().text()).contains("twenty-seven days of annual leave [1]");
    assertThat(left.citations()).hasSize(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
  }

  /** Stop may reach another process than the one that writes. */
  @Test
  void stopsAnAnswerThatAnotherProcessWrites() throws Exception {
    generator.endless = true;
    var id = new ConversationId(conversation());
    var thread = writeHalf(id);
    try (var other = new OtherProcess(dataSource, jdbc)) {
      other.takes(transactions, id);

      writing.stopElsewhere(scope, id);

      await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
    }
    var left = conversations.get(scope, id).messages().getLast();
    assertThat(left.state()).isEqualTo(MessageState.STOPPED);
    assertThat(left.citations()).hasSize(1);
  }

  /** Writes an endless answer until the first words and their citation are stored. */
  private Thread writeHalf(ConversationId id) {
    var begun = questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));
    var run = running.open(id);
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (run) {
                    writing.write(scope, begun, run, AnswerClient.PATIENT);
                  }
                });
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> conversations.get(scope, id).messages().getLast().blocks().size() == 1);
    return thread;
  }

  @Test
  void textWithoutACitationRestsOnAllThatWasRead() {
    generator.pieces = List.of("Leave is long [1].\n\nIt is generous.");
    var conversation = conversation();
    var answer = ask(conversation, Map.of("text", QUESTION));
    assertThat(answer.path("blocks").path(1).path("text").asString()).isEqualTo("It is generous.");

    catalogue.withdraw(collection, scope);
    var redacted = open(conversation).path("messages").path(1).path("blocks");
    catalogue.permit(collection, scope);
    var again = open(conversation).path("messages").path(1);
    index.remove(leave);
    var erased =
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        "select string_agg(text, '') from chat.answer_block where message_id ="
                            + " ?::uuid")
                    .param(answer.path("id").asString())
                    .query(String.class)
                    .single());

    assertThat(redacted.toString()).doesNotContain("generous", "long");
    assertThat(again).isEqualTo(answer);
    assertThat(erased).isEmpty();
  }

  @Test
  void aBranchKeepsWhatItWasMadeFrom() {
    generator.pieces = List.of("Leave is long [1].\n\nIt is generous.");
    var conversation = conversation();
    var answer = ask(conversation, Map.of("text", QUESTION));

    var made =
        max.post(path(conversation) + "/branch", Map.of("messageId", answer.path("id").asString()));
    catalogue.withdraw(collection, scope);

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var copy = made.json().path("messages").path(1);
    assertThat(copy.path("read")).isEqualTo(answer.path("read"));
    var id = UUID.fromString(made.json().path("id").asString());
    assertThat(open(id).toString()).doesNotContain("generous");
  }

  private UUID conversation() {
    return UUID.fromString(
        max.post("/api/v1/conversations", Map.of()).json().path("id").asString());
  }

  private JsonNode ask(UUID conversation, Map<String, ?> request) {
    var answer =
        max.send(
            "POST",
            path(conversation) + "/messages",
            request,
            Map.of("Accept", "application/json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private record Event(String name, JsonNode data) {}

  private List<Event> stream(UUID conversation, Map<String, ?> request) {
    var answer =
        max.send(
            "POST",
            path(conversation) + "/messages",
            request,
            Map.of("Accept", "text/event-stream"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var events = new ArrayList<Event>();
    for (var block : answer.text().split("\n\n")) {
      var name = "";
      var data = new StringBuilder();
      for (var line : block.split("\n")) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5));
        }
      }
      if (!name.isEmpty()) {
        events.add(new Event(name, JSON.readTree(data.toString())));
      }
    }
    return events;
  }

  private JsonNode open(UUID conversation) {
    return max.get(path(conversation)).json();
  }

  private static String path(UUID conversation) {
    return "/api/v1/conversations/" + conversation;
  }
}
