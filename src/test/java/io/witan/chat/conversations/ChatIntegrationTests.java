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
import io.witan.chat.AnswerMode;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.PassageIndex;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WholeApplication
class ChatIntegrationTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUESTION = "How many days of annual leave do employees have?";
  private static final String SECRET = "twenty-seven days of annual leave";

  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @Autowired ApplicationContext context;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource dataSource;
  @Autowired ScopedTransactions transactions;
  @Autowired PassageIndex passages;
  @Autowired Conversations conversations;
  @Autowired QuestionStore questions;
  @Autowired AnswerWriting writing;
  @Autowired RunningAnswers running;
  @Autowired AnswerStreams streams;
  @Autowired AbandonedAnswers abandoned;

  private Cast cast;
  private ApiClient max;
  private ApiClient eve;
  private AccessScope scope;
  private TestCatalogue catalogue;
  private TestIndex index;
  private CollectionId collection;
  private DocumentId leave;

  @BeforeEach
  void knowledge() {
    cast = Cast.of(context);
    // people of their own for every test: what one test leaves, no other may read
    var name = "chat-max-" + PEOPLE.incrementAndGet();
    max = cast.member(name);
    eve = cast.member("chat-eve");
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
    index.document(
        collection,
        "Parking policy",
        "en",
        "Parking permits are issued at the front desk. A permit costs 20 euros a month.");
  }

  @Test
  void streamsAnAnswerInOrderAndShowsTheSameLater() {
    var conversation = conversation();

    var events = stream(conversation, Map.of("text", QUESTION));

    var names = events.stream().map(Event::name).toList();
    assertThat(names)
        .startsWith("question", "progress", "progress", "passages", "progress", "text", "citation")
        .endsWith("done");
    var done = events.getLast().data().path("message");
    assertThat(done.path("state").asString()).isEqualTo("COMPLETE");
    assertThat(done.path("mode").asString()).isEqualTo("QUOTE");
    assertThat(done.path("citations").path(0).path("quote").asString()).contains(SECRET);
    var reopened = open(max, conversation).path("messages");
    assertThat(reopened.path(1)).isEqualTo(done);
    assertThat(reopened.path(0)).isEqualTo(events.getFirst().data().path("message"));
    var streamed =
        events.stream()
            .filter(event -> event.name().equals("text"))
            .map(event -> event.data().path("delta").asString())
            .toList();
    assertThat(streamed)
        .isEqualTo(done.path("blocks").valueStream().map(b -> b.path("text").asString()).toList());
  }

  @Test
  void citesExactlyWhatTheSourceSays() {
    var answer = ask(conversation(), Map.of("text", QUESTION));

    var first = answer.path("citations").path(0);
    assertThat(first.path("title").asString()).isEqualTo("Leave policy");
    assertThat(first.path("documentId").asString()).isEqualTo(leave.toString());
    assertThat(first.path("heading").asString()).isEqualTo("Heading of Leave policy");
    var source =
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        "select text from retrieval.passage where source_id = ?::uuid order by"
                            + " ordinal")
                    .param(first.path("textVersionId").asString())
                    .query(String.class)
                    .list());
    var text = String.join("\n\n", source);
    assertThat(text.substring(first.path("start").asInt(), first.path("end").asInt()))
        .isEqualTo(first.path("quote").asString());
  }

  @Test
  void branchesIntoAConversationThatGoesItsOwnWay() {
    var first = conversation();
    ask(first, Map.of("text", QUESTION));
    ask(first, Map.of("text", "What does a parking permit cost?"));
    var answers = open(max, first).path("messages");
    var path = "/api/v1/conversations/" + first + "/branch";
    var body = Map.of("messageId", answers.path(1).path("id").asString());

    var made = max.post(path, body);

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var branch = made.json();
    assertThat(branch.path("title")).isEqualTo(open(max, first).path("title"));
    assertThat(branch.path("messages").size()).isEqualTo(2);
    var copy = branch.path("messages").path(1);
    assertThat(copy.path("id")).isNotEqualTo(answers.path(1).path("id"));
    for (var same : List.of("blocks", "citations", "searched", "mode", "writer", "createdAt")) {
      assertThat(copy.path(same)).as(same).isEqualTo(answers.path(1).path(same));
    }
    ask(
        UUID.fromString(branch.path("id").asString()),
        Map.of("text", "And how much may be carried over?"));
    assertThat(open(max, first).path("messages")).isEqualTo(answers);
    assertThat(eve.post(path, body).status()).isEqualTo(404);
    var question = Map.of("messageId", answers.path(0).path("id").asString());
    assertThat(max.post(path, question).status()).isEqualTo(400);
    assertThat(max.post(path, Map.of("messageId", UUID.randomUUID())).status()).isEqualTo(404);
  }

  @Test
  void saysAtWhichPlaceEachSearchFoundWhatIsCited() {
    var conversation = conversation();
    var answer = ask(conversation, Map.of("text", QUESTION));

    var ranks = answer.path("citations").path(0).path("ranks");
    assertThat(ranks.path("place").asInt()).isBetween(1, 50);
    assertThat(ranks.path("byMeaning").isInt() || ranks.path("byWords").isInt()).isTrue();
    assertThat(open(max, conversation).path("messages").path(1).path("citations"))
        .isEqualTo(answer.path("citations"));
  }

  @Test
  void answersOutsideOfConversationsStoreNothing() {
    long before = count("message");

    var answer = max.post("/api/v1/ask", Map.of("question", QUESTION));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("citations").path(0).path("quote").asString()).contains(SECRET);
    assertThat(count("message")).isEqualTo(before);
  }

  @Test
  void triesAnAssistantThatIsNotSaved() {
    var ada = cast.administrator();
    var id = UUID.fromString(cast.id("ada"));
    var own = catalogue.collection("Trials", AccessScope.of(new PersonId(id), true));
    index.document(own, "Leave abroad", "en", "Employees have thirty days of leave abroad.");
    var trial =
        Map.of(
            "name", "",
            "collectionIds", List.of(own.value()),
            "retrieval", Map.of("passages", 5, "answerSentences", 1));
    long before = ada.get("/api/v1/assistants").json().path("items").size();

    var answer = ada.post("/api/v1/ask", Map.of("question", QUESTION, "trial", trial));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("citations").size()).isEqualTo(1);
    assertThat(answer.json().path("searched").path("collections").size()).isEqualTo(1);
    assertThat(ada.get("/api/v1/assistants").json().path("items").size()).isEqualTo(before);
    assertThat(max.post("/api/v1/ask", Map.of("question", QUESTION, "trial", trial)).status())
        .isEqualTo(403);
    var unreadable = Map.of("collectionIds", List.of(collection.value()));
    assertThat(ada.post("/api/v1/ask", Map.of("question", QUESTION, "trial", unreadable)).status())
        .isEqualTo(404);
  }

  @Test
  void redactsEverywhereWhatMayNoLongerBeRead() {
    var conversation = conversation();
    ask(conversation, Map.of("text", QUESTION, "collectionIds", List.of(collection.toString())));
    assertThat(max.get("/api/v1/find?query=Leave").text()).contains("Leave policy");
    assertThat(export(conversation)).contains(SECRET, "Leave policy");

    catalogue.withdraw(collection, scope);

    var reopened = open(max, conversation);
    var answer = reopened.path("messages").path(1);
    assertThat(answer.path("blocks").path(0).path("kind").asString()).isEqualTo("REDACTED");
    assertThat(answer.path("citations").path(0).path("redacted").asBoolean()).isTrue();
    assertThat(answer.path("searched").path("collections").isEmpty()).isTrue();
    assertThat(answer.path("searched").path("collectionCount").asInt()).isEqualTo(1);
    assertThat(
            List.of(
                reopened.toString(),
                export(conversation),
                max.get("/api/v1/conversations").text(),
                max.get("/api/v1/find?query=leave").text(),
                max.get("/api/v1/conversations/suggestions").text()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(SECRET, "Leave policy", "Staff handbook", "carried over"));
  }

  @Test
  void showsTheAnswerAgainWhenThePermissionComesBack() {
    var conversation = conversation();
    var answer = ask(conversation, Map.of("text", QUESTION));

    catalogue.withdraw(collection, scope);
    catalogue.permit(collection, scope);

    assertThat(open(max, conversation).path("messages").path(1)).isEqualTo(answer);
  }

  @Test
  void erasesTheQuotesOfADeletedDocument() {
    var conversation = conversation();
    ask(conversation, Map.of("text", QUESTION));
    assertThat(storedTexts()).contains(SECRET);

    index.remove(leave);

    assertThat(storedTexts()).doesNotContain(SECRET, "Leave policy", "carried over");
    var answer = open(max, conversation).path("messages").path(1);
    assertThat(answer.path("blocks").path(0).path("kind").asString()).isEqualTo("REDACTED");
    assertThat(export(conversation)).doesNotContain(SECRET, "Leave policy");
  }

  @Test
  void erasesNothingWhenTheDeletionIsRolledBack() {
    ask(conversation(), Map.of("text", QUESTION));

    try {
      transactions.run(
          AccessScope.worker("test"),
          () -> {
            passages.removeDocument(leave);
            throw new IllegalStateException("changed my mind");
          });
    } catch (IllegalStateException expected) {
      // the whole transaction is undone
    }

    assertThat(storedTexts()).contains(SECRET);
  }

  @Test
  void anotherPersonsConversationIsNotThere() {
    var conversation = conversation();
    var answer = ask(conversation, Map.of("text", QUESTION));
    var path = "/api/v1/conversations/" + conversation;

    for (var stranger : List.of(eve, cast.administrator())) {
      assertThat(
              List.of(
                  stranger.get(path),
                  stranger.get(path + "/export"),
                  stranger.patch(path, Map.of("title", "Mine")),
                  stranger.delete(path),
                  stranger.post(path + "/stop", Map.of()),
                  stranger.post(path + "/messages", Map.of("text", QUESTION)),
                  stranger.put(
                      "/api/v1/messages/" + answer.path("id").asString() + "/rating",
                      Map.of("rating", "UP"))))
          .allSatisfy(
              refused -> {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.text()).doesNotContain(SECRET);
              });
      assertThat(stranger.get("/api/v1/conversations?query=annual").text())
          .doesNotContain(conversation.toString());
      assertThat(stranger.get("/api/v1/find?query=annual").text())
          .doesNotContain(conversation.toString(), "Leave policy");
    }
    assertThat(open(max, conversation).path("messages").size()).isEqualTo(2);
  }

  @Test
  void keepsWhatThereIsWhenAnAnswerIsStopped() {
    var id = new ConversationId(conversation());
    var request = new AskRequest("leave and parking permits", null, null, null);
    var begun = questions.begin(scope, id, request);

    Message answer;
    try (var run = running.open(id)) {
      AnswerClient stopsAfterOneBlock =
          event -> {
            if (event instanceof AnswerEvent.BlockWritten) {
              running.stop(id);
            }
          };
      answer = writing.write(scope, begun, run, stopsAfterOneBlock);
    }

    assertThat(answer.state()).isEqualTo(MessageState.STOPPED);
    assertThat(answer.blocks()).hasSize(1);
    assertThat(conversations.get(scope, id).messages().getLast()).isEqualTo(answer);
  }

  @Test
  void saysWhereItLookedWhenThereIsNoAnswer() {
    var empty = catalogue.collection("Empty shelf", scope);

    var answer =
        ask(conversation(), Map.of("text", QUESTION, "collectionIds", List.of(empty.toString())));

    assertThat(answer.path("mode").asString()).isEqualTo(AnswerMode.ABSTAINED.name());
    assertThat(answer.path("blocks").isEmpty()).isTrue();
    assertThat(answer.path("searched").path("collections").path(0).path("name").asString())
        .isEqualTo("Empty shelf");
    assertThat(answer.path("searched").path("passages").asInt()).isZero();
  }

  @Test
  void searchesNoMoreThanAssistantAndChoiceAllow() {
    var other = catalogue.collection("Other", scope);
    index.document(other, "Leave elsewhere", "en", "Annual leave elsewhere is three days.");
    var hidden = catalogue.collection("Hidden");
    index.document(hidden, "Hidden leave", "en", "Annual leave for directors is 90 days.");

    var chosen =
        ask(
            conversation(),
            Map.of(
                "text", QUESTION, "collectionIds", List.of(other.toString(), hidden.toString())));

    assertThat(chosen.path("searched").path("collectionCount").asInt()).isEqualTo(1);
    assertThat(chosen.toString()).contains("three days").doesNotContain(SECRET, "directors");
  }

  @Test
  void takesThePrecedingQuestionAlong() {
    var conversation = conversation();
    ask(conversation, Map.of("text", "How much does a parking permit cost?"));

    var answer = ask(conversation, Map.of("text", "And where is it issued?"));

    assertThat(answer.path("citations").path(0).path("quote").asString()).contains("front desk");
    assertThat(query(answer))
        .isEqualTo("How much does a parking permit cost?\nAnd where is it issued?");
  }

  @Test
  void editsAQuestionAndAnswersAgain() {
    var conversation = conversation();
    ask(conversation, Map.of("text", "How much does a parking permit cost?"));
    ask(conversation, Map.of("text", QUESTION));
    var messages = open(max, conversation).path("messages");

    var edited =
        ask(
            conversation,
            Map.of("text", QUESTION, "replaces", messages.path(0).path("id").asString()));
    var again = ask(conversation, Map.of("replaces", edited.path("id").asString()));

    var left = open(max, conversation).path("messages");
    assertThat(left.size()).isEqualTo(2);
    assertThat(left.path(0).path("text").asString()).isEqualTo(QUESTION);
    assertThat(left.path(1)).isEqualTo(again);
    assertThat(again.path("id")).isNotEqualTo(edited.path("id"));
    assertThat(again.path("citations")).isEqualTo(edited.path("citations"));
  }

  @Test
  void writesOneAnswerAtATime() {
    var id = new ConversationId(conversation());

    ApiClient.Answer refused;
    try (var run = running.open(id)) {
      refused = max.post(path(id.value()) + "/messages", Map.of("text", QUESTION));
      assertThat(run.isStopped()).isFalse();
    }

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("answer-running");
    assertThat(ask(id.value(), Map.of("text", QUESTION)).path("state").asString())
        .isEqualTo("COMPLETE");
  }

  @Test
  void endsAnswersThatACrashLeft() throws SQLException {
    var id = new ConversationId(conversation());
    questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));
    assertThat(max.post(path(id.value()) + "/messages", Map.of("text", QUESTION)).code())
        .isEqualTo("answer-running");
    try (var other = new OtherProcess(dataSource, jdbc)) {
      other.takes(transactions, id);
      abandoned.afterSingletonsInstantiated();
      assertThat(stateOfLast(id)).as("while it lives").isEqualTo(MessageState.STREAMING);
      other.kill();
      await().until(() -> abandoned.gone().contains(OtherProcess.NUMBER));
    }

    abandoned.afterSingletonsInstantiated();

    assertThat(stateOfLast(id)).isEqualTo(MessageState.STOPPED);
    assertThat(ask(id.value(), Map.of("text", QUESTION)).path("state").asString())
        .isEqualTo("COMPLETE");
  }

  @Test
  void leavesAnswersThatAreBeingWrittenHere() {
    var id = new ConversationId(conversation());
    questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));

    abandoned.afterSingletonsInstantiated();

    assertThat(stateOfLast(id)).isEqualTo(MessageState.STREAMING);
  }

  @Test
  void endsAnswersOfAProcessThatWasKilledWhileThisOneRuns() throws SQLException {
    var id = new ConversationId(conversation());
    questions.begin(scope, id, new AskRequest(QUESTION, null, null, null));
    try (var other = new OtherProcess(dataSource, jdbc)) {
      other.takes(transactions, id);
      other.kill();
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(stateOfLast(id)).isEqualTo(MessageState.STOPPED));
  }

  private MessageState stateOfLast(ConversationId id) {
    return conversations.get(scope, id).messages().getLast().state();
  }

  @Test
  void ratesAnswers() {
    var conversation = conversation();
    var id = ask(conversation, Map.of("text", QUESTION)).path("id").asString();
    var path = "/api/v1/messages/" + id + "/rating";

    assertThat(max.put(path, Map.of("rating", "DOWN", "reason", "too short")).status())
        .isEqualTo(204);
    assertThat(open(max, conversation).path("messages").path(1).path("rating").asString())
        .isEqualTo("DOWN");
    var nothing = new HashMap<String, Object>();
    nothing.put("rating", null);
    assertThat(max.put(path, nothing).status()).isEqualTo(204);
    assertThat(open(max, conversation).path("messages").path(1).path("rating").isNull()).isTrue();
  }

  @Test
  void listsPinsRenamesFindsAndDeletes() {
    var first = conversation();
    ask(first, Map.of("text", "Zebra crossings and parking permits?"));
    var second = conversation();
    ask(second, Map.of("text", QUESTION));
    max.patch(path(first), Map.of("pinned", true, "title", "Crossings"));

    var listed = max.get("/api/v1/conversations").json().path("items");
    var found = max.get("/api/v1/conversations?query=zebra").json().path("items");

    assertThat(listed.path(0).path("id").asString()).isEqualTo(first.toString());
    assertThat(listed.path(0).path("title").asString()).isEqualTo("Crossings");
    assertThat(found.size()).isEqualTo(1);
    assertThat(max.delete(path(first)).status()).isEqualTo(204);
    assertThat(max.get(path(first)).status()).isEqualTo(404);
    assertThat(max.get("/api/v1/conversations?query=zebra").json().path("items").isEmpty())
        .isTrue();
  }

  @Test
  void pagesThroughConversations() {
    for (int i = 0; i < 5; i++) {
      conversation();
    }
    var ids = new ArrayList<String>();
    var cursor = "";
    do {
      var page =
          max.get("/api/v1/conversations?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .json();
      page.path("items").forEach(item -> ids.add(item.path("id").asString()));
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty());

    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void refusesQuestionsThatAreTooLongOrEmpty() {
    var path = path(conversation()) + "/messages";

    assertThat(max.post(path, Map.of("text", "x".repeat(8_001))).status()).isEqualTo(400);
    assertThat(max.post(path, Map.of("text", "  ")).status()).isEqualTo(400);
    assertThat(max.post(path, Map.of("text", QUESTION, "assistantId", UUID.randomUUID())).status())
        .isEqualTo(404);
  }

  @Test
  void suggestsQuestionsAboutWhatThePersonMayRead() {
    var mine = max.get("/api/v1/conversations/suggestions").json().path("items");

    assertThat(mine.size()).isBetween(1, 3);
    assertThat(mine.toString()).contains("policy");
    assertThat(eve.get("/api/v1/conversations/suggestions").text())
        .doesNotContain("Leave policy", "Parking policy");
  }

  @Test
  void suggestsTheManualsQuestionsForTheSampleCollection() {
    transactions.run(
        AccessScope.worker("test"),
        () ->
            jdbc.sql("update catalogue.collection set sample = true where id = ?")
                .param(collection.value())
                .update());

    var suggested = max.get("/api/v1/conversations/suggestions?language=en").json().path("items");

    assertThat(suggested.path(0).path("question").asString())
        .isEqualTo("How large may an uploaded file be?");
    // other tests of this application may have made another sample that everyone may read
    var of = suggested.path(0).path("collectionId").asString();
    assertThat(max.get("/api/v1/collections/" + of).json().path("sample").asBoolean()).isTrue();
  }

  @Test
  void endsTheAnswerWhenTheReaderIsGone() {
    var id = new ConversationId(conversation());
    var begun =
        questions.begin(scope, id, new AskRequest("leave and parking permits", null, null, null));
    var stream =
        new AnswerStream(
            new SseEmitter() {
              private int sent;

              @Override
              public void send(SseEventBuilder builder) throws IOException {
                // question, three times progress, passages and the first text arrive
                if (++sent > 6) {
                  throw new IOException("broken pipe");
                }
              }
            });

    Message answer;
    try (var run = running.open(id)) {
      answer = writing.write(scope, begun, run, stream);
    }

    assertThat(stream.isGone()).isTrue();
    assertThat(answer.state()).isEqualTo(MessageState.STOPPED);
    assertThat(answer.blocks()).hasSize(1);
  }

  @Test
  void streamsAgainAfterTheContextWasPaused() {
    streams.stop();
    streams.start();

    var events = stream(conversation(), Map.of("text", QUESTION));

    assertThat(events.getLast().name()).isEqualTo("done");
  }

  @Test
  void settlesTheAnswerOfAClientThatHungUp() {
    var conversation = conversation();
    max.hangUpOn(path(conversation) + "/messages", Map.of("text", "leave and parking permits"));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var messages = open(max, conversation).path("messages");
              var last = messages.path(messages.size() - 1);
              return last.path("role").asString("").equals("ANSWER")
                  && Set.of("STOPPED", "COMPLETE").contains(last.path("state").asString());
            });

    var next = ask(conversation, Map.of("text", QUESTION));
    assertThat(next.path("state").asString()).isEqualTo("COMPLETE");
    assertThat(open(max, conversation).path("messages").size()).isEqualTo(4);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void logsNeitherQuestionsNorPassages(CapturedOutput output) {
    ask(conversation(), Map.of("text", "annual leave xylophone?"));
    max.post(path(conversation()) + "/messages", Map.of("text", "xylophone " + "x".repeat(8_000)));

    assertThat(output.getAll()).doesNotContain("xylophone", SECRET);
  }

  private UUID conversation() {
    var created = max.post("/api/v1/conversations", Map.of());
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return UUID.fromString(created.json().path("id").asString());
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

  private static JsonNode open(ApiClient reader, UUID conversation) {
    var opened = reader.get(path(conversation));
    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    return opened.json();
  }

  private String export(UUID conversation) {
    var exported = max.get(path(conversation) + "/export");
    assertThat(exported.status()).as(exported.text()).isEqualTo(200);
    assertThat(exported.header("Content-Disposition")).startsWith("attachment");
    return exported.text();
  }

  private static String path(UUID conversation) {
    return "/api/v1/conversations/" + conversation;
  }

  private String query(JsonNode answer) {
    return transactions.read(
        scope,
        () ->
            jdbc.sql("select query from chat.message where id = ?::uuid")
                .param(answer.path("id").asString())
                .query(String.class)
                .single());
  }

  private long count(String table) {
    return transactions.read(
        AccessScope.worker("test"),
        () -> jdbc.sql("select count(*) from chat." + table).query(Long.class).single());
  }

  /** Everything of answers that lies in the tables. */
  private String storedTexts() {
    return transactions.read(
        scope,
        () ->
            jdbc.sql(
                    """
                    select coalesce(string_agg(t, ' '), '') from (
                      select text from chat.answer_block
                      union all select quote || title || heading from chat.citation
                      union all select heading from chat.considered_passage) as x (t)
                    """)
                .query(String.class)
                .single());
  }
}
