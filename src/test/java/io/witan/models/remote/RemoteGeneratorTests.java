package io.witan.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.witan.engine.SamplingOptions;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.MustStayHere;
import io.witan.models.generation.OutputFormat;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.PromptTooLong;
import io.witan.models.network.KeySeal;
import io.witan.models.springai.ChatModelGenerator;
import io.witan.shared.Failure;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RemoteGeneratorTests {
  private static final String KEY = "sk-very-secret-4711";
  private static final JsonMapper JSON = new JsonMapper();
  private final FakeRemote remote = new FakeRemote();
  @TempDir private Path state;
  private KeySeal seal;
  private RemoteConnections connections;

  @BeforeEach
  void open() {
    seal = new KeySeal("", state);
    connections = new RemoteConnections(seal, new RemoteSettings(2, 3, 2), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    connections.close();
    remote.close();
  }

  private RemoteRepository.Row row(String address, @Nullable String key) {
    var id = UUID.randomUUID();
    var at = RemoteAddress.of(address);
    var sealed = key == null ? null : seal.seal(key, RemoteConnections.purpose(id, at));
    return new RemoteRepository.Row(id, "Remote", at, "some/model", sealed, 4096, Instant.EPOCH);
  }

  private ChatModelGenerator generator() {
    return connections.generator(row(remote.address(), KEY));
  }

  private static GeneratorRequest request(SamplingOptions sampling, Duration limit) {
    var prompt =
        new Prompt.Conversation(
            List.of(
                ChatMessage.system("Be brief."),
                ChatMessage.user("One?"),
                ChatMessage.assistant("Two."),
                ChatMessage.user("Three?")));
    return new GeneratorRequest(prompt, sampling, 100, "ann", null, null, limit).leaving();
  }

  private static GeneratorRequest request() {
    return request(SamplingOptions.greedy(), Duration.ofSeconds(20));
  }

  private static final class Heard implements GeneratorListener {
    private final List<String> pieces = Collections.synchronizedList(new ArrayList<>());
    private final List<GenerationEnd> ends = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> places = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void queued(int position) {
      places.add(position);
    }

    @Override
    public void generated(GeneratedPiece piece) {
      pieces.add(piece.text());
    }

    @Override
    public void ended(GenerationEnd end) {
      ends.add(end);
    }

    String text() {
      return String.join("", pieces);
    }
  }

  private GenerationEnd end(GeneratorRequest request, Heard heard) {
    var end = generator().start(request, heard).end().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(heard.ends).containsExactly(end);
    return end;
  }

  private Failure failure() {
    var end = end(request(), new Heard());
    assertThat(end.reason()).isEqualTo(Reason.FAILED);
    if (end.failure() instanceof Failure known) {
      return known;
    }
    throw new AssertionError("no failure but " + end.failure());
  }

  @Test
  void streamsAndTellsWhatTheRemoteCounted() {
    var heard = new Heard();

    var end = end(request(), heard);

    assertThat(heard.text()).isEqualTo("Hello world");
    assertThat(end.reason()).isEqualTo(Reason.STOP);
    assertThat(end.promptTokens()).isEqualTo(11);
    assertThat(end.generatedTokens()).isEqualTo(7);
    assertThat(end.firstToken()).isNotNull();
  }

  @Test
  void sendsTheConversationTheOptionsAndTheKeyAndNothingOfThisMachine() {
    var sampling = SamplingOptions.varied(42).withStop(List.of("END"));

    end(request(sampling, Duration.ofSeconds(20)), new Heard());

    var sent = remote.received().getFirst();
    assertThat(sent.path()).isEqualTo("/v1/chat/completions");
    assertThat(sent.body())
        .contains("\"some/model\"", "\"stream\":true", "\"max_tokens\":100", "\"temperature\":0.8")
        .contains("\"top_p\":0.95", "\"seed\":42", "\"stop\":\"END\"", "\"include_usage\":true")
        .contains("Be brief.", "One?", "Two.", "Three?")
        .doesNotContain("top_k", "min_p");
    assertThat(sent.headers().get("Authorization")).containsExactly("Bearer " + KEY);
    assertThat(sent.headers().keySet()).noneMatch(name -> name.startsWith("X-stainless"));
    assertThat(sent.headers().get("User-agent")).containsExactly("Witan");
  }

  @Test
  void sendsTheFormThatAnAnswerMustHave() {
    var schema =
        """
        {"type":"object","properties":{"days":{"type":"integer"}},"required":["days"]}\
        """;

    end(request().withFormat(new OutputFormat.JsonObject()), new Heard());
    end(request().withFormat(new OutputFormat.JsonSchema(schema)), new Heard());

    var sent = remote.received().stream().map(it -> JSON.readTree(it.body())).toList();
    assertThat(sent.getFirst().path("response_format").path("type").asString())
        .isEqualTo("json_object");
    var format = sent.getLast().path("response_format");
    assertThat(format.path("type").asString()).isEqualTo("json_schema");
    assertThat(format.path("json_schema").path("schema")).isEqualTo(JSON.readTree(schema));
  }

  @Test
  void sendsNoKeyWhereNoneIsStored() {
    connections.generator(row(remote.address(), null)).start(request(), new Heard()).end().join();

    assertThat(remote.received().getFirst().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void takesNoPromptThatMayNotLeaveAndNoneThatIsTooLong() {
    var generator = generator();
    var inside =
        new GeneratorRequest(
            request().prompt(),
            SamplingOptions.greedy(),
            10,
            "a",
            null,
            null,
            Duration.ofSeconds(9));
    var longer = new Prompt.Conversation(List.of(ChatMessage.user("word ".repeat(4096))));

    assertThatThrownBy(() -> generator.start(inside, new Heard())).isInstanceOf(MustStayHere.class);
    assertThatThrownBy(
            () ->
                generator.start(
                    new GeneratorRequest(
                            longer,
                            SamplingOptions.greedy(),
                            10,
                            "a",
                            null,
                            null,
                            Duration.ofDays(1))
                        .leaving(),
                    new Heard()))
        .isInstanceOf(PromptTooLong.class);
    assertThat(remote.received()).isEmpty();
  }

  @Test
  void cutsAtStopTextsThatTheRemoteIgnores() {
    remote.behaviour = FakeRemote.saying("One E", "N", "D two");
    var heard = new Heard();

    var end =
        end(
            request(SamplingOptions.greedy().withStop(List.of("END")), Duration.ofSeconds(20)),
            heard);

    assertThat(heard.text()).isEqualTo("One ");
    assertThat(end.reason()).isEqualTo(Reason.STOP);
  }

  @Test
  void cancellingClosesTheConnectionWithinAMoment() throws InterruptedException {
    remote.behaviour = remote.endless();
    var heard = new Heard();
    var run = generator().start(request(), heard);
    await().until(() -> heard.pieces.size() > 3);

    long asked = System.nanoTime();
    run.cancel();
    var end = run.end().orTimeout(5, TimeUnit.SECONDS).join();

    assertThat(end.reason()).isEqualTo(Reason.CANCELLED);
    assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);
    assertThat(remote.lost.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancellingBeforeTheFirstByteEndsItToo() throws IOException, InterruptedException {
    try (var silent = new ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
      var address = "http://127.0.0.1:" + silent.getLocalPort() + "/v1";
      var run = connections.generator(row(address, null)).start(request(), new Heard());
      try (var accepted = silent.accept()) {
        accepted.setSoTimeout(5_000);
        assertThat(accepted.getInputStream().read()).isPositive();
        run.cancel();
        assertThat(run.end().orTimeout(2, TimeUnit.SECONDS).join().reason())
            .isEqualTo(Reason.CANCELLED);
        while (accepted.getInputStream().read() >= 0) {
          // what was sent before
        }
      }
    }
  }

  @Test
  void endsAtTheDeadline() {
    remote.behaviour = remote.endless();

    var end = end(request(SamplingOptions.greedy(), Duration.ofMillis(600)), new Heard());

    assertThat(end.reason()).isEqualTo(Reason.DEADLINE);
    assertThat(end.total()).isLessThan(Duration.ofSeconds(3));
    assertThat(end.generatedTokens()).isPositive();
  }

  @Test
  void saysClearlyWhatIsWrong() {
    remote.behaviour = FakeRemote.status(401, "bad key " + KEY, Map.of());
    assertThat(failure()).isInstanceOf(RemoteUnauthorised.class).hasMessageNotContaining(KEY);
    remote.behaviour = FakeRemote.status(404, "no such model", Map.of());
    assertThat(failure()).isInstanceOf(RemoteModelUnknown.class).hasMessageContaining("some/model");
    remote.behaviour = FakeRemote.status(400, "context of 2048 tokens exceeded", Map.of());
    assertThat(failure())
        .isInstanceOf(RemoteRefused.class)
        .hasMessageContaining("context of 2048 tokens exceeded");
    remote.behaviour = FakeRemote.status(429, "slow down", Map.of("Retry-After", "17"));
    assertThat(failure())
        .isInstanceOf(GeneratorOverloaded.class)
        .extracting(it -> it.members().get("retryAfterSeconds"))
        .isEqualTo(17L);
    remote.close();
    assertThat(failure())
        .isInstanceOf(RemoteUnreachable.class)
        .hasMessageContaining(remote.host())
        .hasMessageContaining("does not take the connection");
  }

  @Test
  void followsNoRedirection() {
    try (var other = new FakeRemote()) {
      remote.behaviour =
          FakeRemote.status(
              307, "moved", Map.of("Location", other.address() + "/chat/completions"));

      assertThat(failure()).isInstanceOf(RemoteUnreachable.class).hasMessageContaining("redirects");

      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsNoWholeOne() {
    remote.behaviour =
        exchange -> {
          var out = FakeRemote.stream(exchange);
          FakeRemote.send(out, FakeRemote.chunk("Half an", null));
        };
    var heard = new Heard();

    var end = end(request(), heard);

    assertThat(heard.text()).isEqualTo("Half an");
    assertThat(end.reason()).isEqualTo(Reason.FAILED);
    assertThat(end.failure()).isInstanceOf(RemoteBrokeOff.class);
  }

  @Test
  void waitsInAFairQueueAndRefusesWhatIsTooMuch() {
    var open = new CountDownLatch(1);
    var say = FakeRemote.saying("done");
    remote.behaviour =
        exchange -> {
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          say.answer(exchange);
        };
    var generator = generator();
    var one = generator.start(request(), new Heard());
    var two = generator.start(request(), new Heard());
    var waiting = new Heard();
    var three = generator.start(request(), waiting);
    var four = generator.start(request(), new Heard());

    assertThatThrownBy(() -> generator.start(request(), new Heard()))
        .isInstanceOf(GeneratorOverloaded.class);
    await().until(() -> waiting.places.contains(1));
    await().until(() -> remote.received().size() == 2);
    four.cancel();
    assertThat(four.end().join().reason()).isEqualTo(Reason.CANCELLED);
    open.countDown();

    for (var run : List.of(one, two, three)) {
      assertThat(run.end().orTimeout(10, TimeUnit.SECONDS).join().reason()).isEqualTo(Reason.STOP);
    }
    assertThat(generator.inFlight()).isZero();
    assertThat(remote.received()).hasSize(3);
  }

  @Test
  void countsWhatItIsAsked() {
    var generator = generator();
    generator.start(request(), new Heard()).end().join();
    remote.behaviour = FakeRemote.status(500, "broken", Map.of());
    generator.start(request(), new Heard()).end().join();

    await().until(() -> generator.statistics().counts().failed() == 1);
    var use = generator.statistics();
    assertThat(use.counts().submitted()).isEqualTo(2);
    assertThat(use.counts().completed()).isEqualTo(1);
    assertThat(use.counts().promptTokens()).isEqualTo(11);
    assertThat(use.counts().generatedTokens()).isEqualTo(7);
    assertThat(use.queueTime().count()).isEqualTo(2);
    assertThat(use.firstTokenTime().count()).isEqualTo(1);
    assertThat(use.promptTokensPerSecond()).isPositive();
    assertThat(use.running()).isZero();
  }

  @Test
  void countsWhatItRefuses() {
    remote.behaviour = remote.endless();
    var generator = generator();
    var taken = new ArrayList<io.witan.models.generation.GenerationRun>();
    for (int i = 0; i < 4; i++) {
      taken.add(generator.start(request(), new Heard()));
    }
    assertThatThrownBy(() -> generator.start(request(), new Heard()))
        .isInstanceOf(GeneratorOverloaded.class);

    var use = generator.statistics();
    assertThat(use.counts().refused()).isEqualTo(1);
    assertThat(use.running()).isEqualTo(2);
    assertThat(use.queued()).isEqualTo(2);
    generator.close();
    taken.forEach(run -> run.end().join());
    await().until(() -> generator.statistics().counts().cancelled() == 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/v1",
        "http://[fe80::1]/v1",
        "http://0.0.0.0:80",
        "http://[::]",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[64:ff9b::a9fe:a9fe]/v1",
        "http://[fd00:ec2::254]",
        "http://100.100.100.200/v1",
        "http://224.0.0.1/v1",
        "http://[2002:a9fe:a9fe::1]/v1"
      })
  void refusesAddressesThatAreNoGenerators(String address) {
    assertThatThrownBy(() -> RemoteAddress.of(address)).isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://gpu/v1", "gpu:8000", "file:///etc/passwd", "http://user:pw@gpu/v1",
        "http://gpu/v1?x=1", "http://gpu/v1#a", "http://", "http://gpu with spaces"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> RemoteAddress.of(address)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void takesPrivateAddressesAndAddsTheUsualPath() {
    assertThat(RemoteAddress.of("http://10.1.2.3:8000")).hasToString("http://10.1.2.3:8000/v1");
    assertThat(RemoteAddress.of("https://GPU.example/api/")).hasToString("https://gpu.example/api");
    assertThat(RemoteAddress.of("http://[fd12::7]:8000").host()).isEqualTo("[fd12::7]:8000");
  }

  @Test
  void looksAtTheAddressAgainWhenItConnects() {
    var address = new RemoteAddress(java.net.URI.create("http://169.254.169.254/v1"));
    var row =
        new RemoteRepository.Row(
            UUID.randomUUID(), "Metadata", address, "m", null, 4096, Instant.EPOCH);

    var end = connections.generator(row).start(request(), new Heard()).end().join();

    assertThat(end.failure()).isInstanceOf(AddressRefused.class);
  }

  @Test
  void keysAreSealedForOneGeneratorAndOneAddress() {
    var row = row(remote.address(), KEY);
    assertThat(new String(row.sealedKey(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    assertThat(row.toString()).doesNotContain(KEY);
    assertThat(state.resolve("secret.key")).exists();
    var elsewhere =
        new RemoteRepository.Row(
            row.id(),
            "Remote",
            RemoteAddress.of("http://127.0.0.1:9/v1"),
            "m",
            row.sealedKey(),
            4096,
            Instant.EPOCH);

    var end = connections.generator(elsewhere).start(request(), new Heard()).end().join();

    assertThat(end.failure()).isInstanceOf(RemoteKeyUnreadable.class);
  }

  @Test
  void theCheckTellsTimeAndAnswerOrTheCause() {
    var well = RemoteCheck.of(generator());
    remote.behaviour = FakeRemote.status(403, "no", Map.of());
    var badly = RemoteCheck.of(generator());

    assertThat(well.ok()).isTrue();
    assertThat(well.answer()).isEqualTo("Hello world");
    assertThat(well.millis()).isNotNegative();
    assertThat(badly.ok()).isFalse();
    assertThat(badly.problem())
        .isNotNull()
        .extracting(RemoteCheck.CheckProblem::code)
        .isEqualTo("remote-unauthorised");
  }
}
