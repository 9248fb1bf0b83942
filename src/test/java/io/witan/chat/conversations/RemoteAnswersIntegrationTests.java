package io.witan.chat.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.TestCatalogue;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.models.remote.FakeRemote;
import io.witan.retrieval.PassageIndex;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What leaves the machine is what another machine received, so it is asked. */
@WholeApplication
class RemoteAnswersIntegrationTests {
  private static final String QUESTION = "How many days of annual leave do employees have?";
  private static final String OPEN = "twenty-seven days of annual leave";
  private static final String CLOSED = "ninety-one days of annual leave";
  private static final String KEY = "sk-never-shown-0815";
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @Autowired ApplicationContext context;
  @Autowired JdbcClient jdbc;
  @Autowired ScopedTransactions transactions;
  @Autowired PassageIndex passages;
  @Autowired MeterRegistry meters;

  private final FakeRemote remote = new FakeRemote();
  private ApiClient admin;
  private ApiClient max;
  private CollectionId handbook;
  private CollectionId board;
  private UUID id;

  @BeforeEach
  void knowledge() {
    var cast = Cast.of(context);
    var name = "remote-max-" + PEOPLE.incrementAndGet();
    admin = cast.administrator();
    max = cast.member(name);
    var scope = AccessScope.of(new PersonId(UUID.fromString(cast.id(name))), false);
    var catalogue = new TestCatalogue(jdbc, transactions);
    var index = new TestIndex(passages, transactions);
    handbook = catalogue.collection("Staff handbook", scope);
    board = catalogue.collection("Board papers", scope);
    index.document(
        handbook, "Leave policy", "en", "This explains leave. Employees have " + OPEN + ".");
    index.document(
        board,
        "Secret directors' rules",
        "en",
        "Employees who are directors have " + CLOSED + " per year.",
        "Unused annual leave of directors is paid out in gold.");
    remote.behaviour = FakeRemote.saying("Employees have twenty-seven", " days [1]", ".");
    id = activate(name);
  }

  @AfterEach
  void deactivate() {
    admin.delete("/api/v1/models/active");
    await().atMost(Duration.ofSeconds(30)).until(() -> generator().path("host").isNull());
    admin.delete("/api/v1/models/remote/" + id);
    remote.close();
  }

  private JsonNode generator() {
    return max.get("/api/v1/models").json().path("generator");
  }

  private UUID activate(String name) {
    var added =
        admin.post(
            "/api/v1/models/remote",
            Map.of(
                "name",
                name,
                "address",
                remote.address(),
                "model",
                "some/model",
                "contextTokens",
                8192,
                "key",
                KEY));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.text()).doesNotContain(KEY);
    assertThat(added.json().path("hasKey").asBoolean()).isTrue();
    assertThat(remote.received()).as("nothing is sent by adding").isEmpty();
    var made = UUID.fromString(added.json().path("id").asString());
    var activated = admin.put("/api/v1/models/remote/" + made + "/active", Map.of());
    assertThat(activated.status()).as(activated.text()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> generator().path("host").asString("").equals(remote.host()));
    return made;
  }

  private void allow(CollectionId collection, boolean allowed) {
    transactions.run(
        AccessScope.worker("test"),
        () ->
            jdbc.sql("update catalogue.collection set may_leave = ? where id = ?")
                .param(allowed)
                .param(collection.value())
                .update());
  }

  private UUID conversation() {
    return UUID.fromString(
        max.post("/api/v1/conversations", Map.of()).json().path("id").asString());
  }

  private JsonNode ask(UUID conversation, Map<String, ?> request) {
    var answer =
        max.send(
            "POST",
            "/api/v1/conversations/" + conversation + "/messages",
            request,
            Map.of("Accept", "application/json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private void nothingOfTheBoardWasSent() {
    assertThat(remote.everything())
        .doesNotContain("ninety-one", "directors", "Secret", "gold", "Board papers")
        .doesNotContain(board.toString());
  }

  @Test
  void withoutPermissionNothingIsSentAndQuotesSayWhy() {
    var conversation = conversation();

    var answer = ask(conversation, Map.of("text", QUESTION));

    assertThat(remote.received()).isEmpty();
    assertThat(answer.path("mode").asString()).isEqualTo("QUOTE");
    assertThat(answer.path("remote").path("sent").asBoolean()).isFalse();
    assertThat(answer.path("remote").path("withheld").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(answer.path("remote").path("host").asString()).isEqualTo(remote.host());
    assertThat(answer.path("blocks").toString()).contains("annual leave");
  }

  @Test
  void onlyWhatMayLeaveIsSentAndTheAnswerSaysWhatWasLeftOut() {
    allow(handbook, true);
    var conversation = conversation();

    var answer = ask(conversation, Map.of("text", QUESTION));

    assertThat(remote.received()).hasSize(1);
    assertThat(remote.everything()).contains(OPEN, QUESTION);
    nothingOfTheBoardWasSent();
    assertThat(answer.path("mode").asString()).as(answer.toString()).isEqualTo("WRITTEN");
    assertThat(answer.path("remote").path("sent").asBoolean()).isTrue();
    assertThat(answer.path("remote").path("withheld").asInt()).isPositive();
    var kept = max.get("/api/v1/conversations/" + conversation).json();
    assertThat(kept.path("messages").path(1)).isEqualTo(answer);
    var branch =
        max.post(
            "/api/v1/conversations/" + conversation + "/branch",
            Map.of("messageId", answer.path("id").asString()));
    assertThat(branch.json().path("messages").path(1).path("remote"))
        .isEqualTo(answer.path("remote"));
  }

  @Test
  void whatARemoteDoesNotFindInPartOfThePassagesIsQuoted() {
    allow(handbook, true);
    remote.behaviour = FakeRemote.saying("NOT-IN-DOCUMENTS");

    var answer = ask(conversation(), Map.of("text", QUESTION));

    assertThat(answer.path("mode").asString()).isEqualTo("QUOTE");
    assertThat(answer.path("blocks").toString()).contains("annual leave");
  }

  @Test
  void earlierTurnsOfACollectionThatWasForbiddenSinceAreNotSentAgain() {
    allow(handbook, true);
    allow(board, true);
    remote.behaviour = FakeRemote.saying("Directors have ninety-one days [1], others less [2].");
    var conversation = conversation();
    ask(conversation, Map.of("text", "How many days of annual leave do directors have?"));
    assertThat(remote.everything()).contains(CLOSED);
    remote.forget();

    allow(board, false);
    remote.behaviour = FakeRemote.saying("Employees have twenty-seven days [1].");
    ask(conversation, Map.of("text", "And how many days of annual leave do employees have?"));
    ask(conversation, Map.of("text", "And what about it for employees?"));

    assertThat(remote.received()).isNotEmpty();
    assertThat(remote.everything()).contains(OPEN);
    nothingOfTheBoardWasSent();
    remote.forget();

    allow(board, true);
    ask(conversation, Map.of("text", "And how many days of annual leave do employees have?"));
    assertThat(remote.everything()).contains(CLOSED);
  }

  @Test
  void whatAnEarlierAnswerWasShownCountsAsItsSource() {
    allow(handbook, true);
    allow(board, true);
    var conversation = conversation();
    remote.behaviour = FakeRemote.saying("Directors have ninety-one days [1].");
    ask(
        conversation,
        Map.of("text", QUESTION, "collectionIds", java.util.List.of(board.toString())));
    remote.behaviour = FakeRemote.saying("As said, it is ninety-one, not twenty-seven [1].");
    ask(
        conversation,
        Map.of("text", QUESTION, "collectionIds", java.util.List.of(handbook.toString())));
    allow(board, false);
    remote.forget();

    ask(conversation, Map.of("text", QUESTION));

    assertThat(remote.everything()).contains(OPEN);
    nothingOfTheBoardWasSent();
  }

  @Test
  void answersWhoseSourcesNobodyKnowsStayHere() {
    allow(handbook, true);
    var conversation = conversation();
    remote.behaviour = FakeRemote.saying("It is twenty-seven, says the old oracle [1].");
    ask(conversation, Map.of("text", QUESTION));
    transactions.run(
        AccessScope.worker("test"),
        () -> jdbc.sql("update chat.writing set sources = null").update());
    remote.forget();

    ask(conversation, Map.of("text", QUESTION));

    assertThat(remote.received()).hasSize(1);
    assertThat(remote.everything()).contains(OPEN).doesNotContain("oracle");
  }

  @Test
  void onlyAManagerOfTheCollectionAllows() {
    var own = max.post("/api/v1/collections", Map.of("name", "Own")).json();
    var path = "/api/v1/collections/" + own.path("id").asString();

    assertThat(own.path("mayLeave").asBoolean()).isFalse();
    assertThat(max.patch(path, Map.of("mayLeave", true)).json().path("mayLeave").asBoolean())
        .isTrue();
    assertThat(max.patch(path, Map.of("name", "Own 2")).json().path("mayLeave").asBoolean())
        .isTrue();
    assertThat(max.patch("/api/v1/collections/" + handbook, Map.of("mayLeave", true)).status())
        .isEqualTo(403);
    assertThat(admin.get("/api/v1/audit").text()).contains("collection-may-leave");
  }

  @Test
  void theKeyIsNowhereAndMembersSeeTheHostOnly() {
    var check = admin.post("/api/v1/models/remote/" + id + "/check", Map.of());
    assertThat(check.json().path("ok").asBoolean()).as(check.text()).isTrue();
    assertThat(remote.everything()).contains("Bearer " + KEY);

    assertThat(admin.get("/api/v1/models/remote").text())
        .contains(remote.host())
        .doesNotContain(KEY);
    assertThat(admin.get("/api/v1/audit").text())
        .contains("remote-generator-added", "remote-generator-activated")
        .doesNotContain(KEY);
    assertThat(max.get("/api/v1/models/remote").status()).isEqualTo(403);
    assertThat(generator().path("host").asString()).isEqualTo(remote.host());
    assertThat(generator().path("description").asString()).contains(remote.host());
    var dump =
        jdbc.sql("select encode(sealed_key, 'escape') from models.remote_generator where id = ?")
            .param(id)
            .query(String.class)
            .single();
    assertThat(dump).isNotEmpty().doesNotContain(KEY);
    var active = admin.delete("/api/v1/models/remote/" + id);
    assertThat(active.status()).isEqualTo(409);
    assertThat(active.code()).isEqualTo("model-active");
  }

  @Test
  void whatDoesNotAnswerCanBeChangedAndItsKeyGoesNowhereElse() {
    var path = "/api/v1/models/remote/";
    assertThat(admin.patch(path + id, Map.of("name", "Renamed")).code()).isEqualTo("model-active");
    assertThat(max.patch(path + id, Map.of("name", "Renamed")).status()).isEqualTo(403);
    var wanted =
        Map.of(
            "name",
            "Second",
            "address",
            remote.address(),
            "model",
            "m",
            "contextTokens",
            4096,
            "key",
            KEY);
    var second = path + admin.post("/api/v1/models/remote", wanted).json().path("id").asString();

    var renamed = admin.patch(second, Map.of("name", "Third", "contextTokens", 8192));
    assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
    assertThat(renamed.json().path("hasKey").asBoolean()).isTrue();
    assertThat(renamed.json().path("contextTokens").asInt()).isEqualTo(8192);
    assertThat(admin.post(second + "/check", Map.of()).json().path("ok").asBoolean()).isTrue();

    var elsewhere = Map.of("address", "http://127.0.0.1:9/v1");
    var stolen = admin.patch(second, elsewhere);
    assertThat(stolen.status()).isEqualTo(400);
    assertThat(stolen.text()).contains("key");
    var forgotten = new HashMap<String, Object>(elsewhere);
    forgotten.put("key", "");
    assertThat(admin.patch(second, forgotten).json().path("hasKey").asBoolean()).isFalse();
    assertThat(admin.get("/api/v1/audit").text()).contains("remote-generator-changed");
    assertThat(admin.delete(second).status()).isEqualTo(204);
  }

  @Test
  void theOpenAiApiSaysThatTextLeaves() {
    allow(handbook, true);
    var name = generator().path("name").asString();
    var program = Cast.of(context).programOf(max);
    var request = new HashMap<String, Object>();
    request.put("model", name);
    request.put("messages", java.util.List.of(Map.of("role", "user", "content", "Hello?")));

    var plain = program.post("/v1/chat/completions", request);
    request.put("logprobs", true);
    var refused = program.post("/v1/chat/completions", request);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("logprobs", "a model on another machine writes");
    request.remove("logprobs");
    request.put("model", "witan");
    request.put("messages", java.util.List.of(Map.of("role", "user", "content", QUESTION)));
    var known = program.post("/v1/chat/completions", request);

    var said = plain.json().path("choices").path(0).path("message").path("witan");
    assertThat(said.path("remote").path("host").asString())
        .as(plain.text())
        .isEqualTo(remote.host());
    var evidence = known.json().path("choices").path(0).path("message").path("witan");
    assertThat(evidence.path("remote").path("withheld").asInt()).as(known.text()).isPositive();
    nothingOfTheBoardWasSent();
  }

  @Test
  void theOpenAiApiPassesFunctionsOnAndCallsBack() {
    var program = Cast.of(context).programOf(max);
    var function =
        Map.of(
            "name",
            "weather",
            "parameters",
            Map.of("type", "object", "properties", Map.of("place", Map.of("type", "string"))));
    var request = new HashMap<String, Object>();
    request.put("model", generator().path("name").asString());
    request.put("messages", java.util.List.of(Map.of("role", "user", "content", "Rain?")));
    request.put("tools", java.util.List.of(Map.of("type", "function", "function", function)));
    remote.behaviour =
        FakeRemote.calling(
            "",
            """
            {"index":0,"id":"call_a","type":"function",\
            "function":{"name":"weather","arguments":"{\\"place\\":\\"Bonn\\"}"}}""");

    var whole = program.post("/v1/chat/completions", request);
    request.put("stream", true);
    var parts = program.post("/v1/chat/completions", request);

    var choice = whole.json().path("choices").path(0);
    assertThat(choice.path("finish_reason").asString()).as(whole.text()).isEqualTo("tool_calls");
    assertThat(choice.path("message").path("content").isNull()).isTrue();
    var call = choice.path("message").path("tool_calls").path(0);
    assertThat(call.path("id").asString()).isEqualTo("call_a");
    assertThat(call.path("function").path("name").asString()).isEqualTo("weather");
    assertThat(call.path("function").path("arguments").asString())
        .isEqualTo("{\"place\":\"Bonn\"}");
    var use = admin.get("/api/v1/models/active/statistics").json();
    assertThat(use.path("requests").path("completed").asInt()).isEqualTo(2);
    assertThat(use.path("firstTokenTime").path("count").asInt()).isEqualTo(2);
    assertThat(use.path("tokens").path("generated").asInt()).isPositive();
    assertThat(meters.get("witan.generator.requests.completed").functionCounter().count())
        .isEqualTo(2);
    assertThat(parts.text())
        .contains("\"id\":\"call_a\"", "\"finish_reason\":\"tool_calls\"", "[DONE]");
    assertThat(remote.received().getLast().body()).contains("\"weather\"", "\"place\"");
  }
}
