package io.witan.models.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.engine.SyntheticModels;
import io.witan.identity.PersonId;
import io.witan.models.fetch.FetchAddressRefused;
import io.witan.models.fetch.FileServer;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.ModelNameTaken;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class IncomingModelsIntegrationTests {
  private static final PersonId ADA = new PersonId(UUID.randomUUID());
  private static final Wanted AS_IN_FILE = new Wanted(null, null);

  @TempDir private Path folder;
  private final Database database = TestDatabase.freshDatabase();
  private FileServer server;
  private AnnotationConfigApplicationContext services;
  private IncomingModels incoming;
  private ModelRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer(Files.readAllBytes(model("given.gguf", 1)));
    open(Map.of());
  }

  @AfterEach
  void stop() {
    services.close();
    server.close();
  }

  private Path model(String name, long seed) {
    var file = folder.resolve(name);
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", seed);
    return file;
  }

  /** What a server that starts does. */
  private void open(Map<String, Object> settings) {
    var all = new HashMap<>(settings);
    all.put("witan.data", folder.resolve("state").toString());
    all.put("witan.models.fetch.allowed-hosts", server.host());
    services = IncomingServices.open(database, all);
    incoming = services.getBean(IncomingModels.class);
    registry = services.getBean(ModelRegistry.class);
  }

  private void restart() {
    services.close();
    open(Map.of());
  }

  private IncomingModel awaited(UUID id, State state) {
    await().atMost(Duration.ofSeconds(30)).until(() -> incoming.find(id).state() == state);
    return incoming.find(id);
  }

  private IncomingModel failed(String code) {
    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();
    var failed = awaited(id, State.FAILED);
    assertThat(problemOf(failed).code()).isEqualTo(code);
    assertThat(registry.all()).isEmpty();
    return failed;
  }

  private static IncomingModel.Problem problemOf(IncomingModel failed) {
    return Optional.ofNullable(failed.problem()).orElseThrow();
  }

  private List<Path> parts() throws IOException {
    try (var all = Files.list(folder.resolve("state/models/incoming"))) {
      return all.filter(it -> it.toString().endsWith(".part")).toList();
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void fetchesAModelAndAddsIt() throws IOException {
    var sha256 = sha256(server.content);
    var begun = incoming.fetch(ADA, server.url(), new Wanted("Tiny", "MIT", sha256.toUpperCase()));
    assertThat(begun.source()).endsWith("/models/tiny.gguf");
    assertThat(begun.fileName()).isEqualTo("tiny.gguf");

    var done = awaited(begun.id(), State.DONE);

    var model = registry.find("Tiny");
    assertThat(done.modelId()).isEqualTo(model.id());
    assertThat(done.totalBytes()).isEqualTo(server.content.length);
    assertThat(done.receivedBytes()).isEqualTo(server.content.length);
    assertThat(model.sha256()).isEqualTo(sha256);
    assertThat(model.licence()).isEqualTo("MIT");
    assertThat(model.fileName()).isEqualTo("tiny.gguf");
    assertThat(registry.file(model)).hasBinaryContent(server.content);
    assertThat(parts()).isEmpty();
    assertThat(storedUrl(begun.id())).doesNotContain("secret");
    registry.remove(ADA, "Tiny");
    assertThat(incoming.find(begun.id()).modelId()).isNull();
  }

  private String storedUrl(UUID id) {
    return services
        .getBean(JdbcClient.class)
        .sql("select url from models.incoming where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  @Test
  void goesOnByItselfWhenTheConnectionBreaks() {
    server.cutAt = 100_000;
    server.cuts.set(2);

    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();

    awaited(id, State.DONE);
    assertThat(registry.file(registry.all().getFirst())).hasBinaryContent(server.content);
    assertThat(server.asked()).hasSize(3);
    assertThat(server.asked().getLast()).containsEntry("Range", List.of("bytes=200000-"));
  }

  @Test
  void goesOnAfterARestartOfTheServer() {
    var held = new CountDownLatch(1);
    server.hold = held;
    server.cutAt = 100_000;
    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();
    await().until(() -> incoming.find(id).receivedBytes() == 100_000);
    assertThat(incoming.find(id).state()).isEqualTo(State.RECEIVING);

    services.close();
    held.countDown();
    server.hold = null;
    open(Map.of());

    awaited(id, State.DONE);
    assertThat(registry.file(registry.all().getFirst())).hasBinaryContent(server.content);
    assertThat(server.asked().getLast()).containsEntry("Range", List.of("bytes=100000-"));
  }

  /** Two servers with one folder, as replicas on a shared volume have. */
  @Test
  void whatAStoppedServerLeftAnotherGoesOnWith() {
    var held = new CountDownLatch(1);
    server.hold = held;
    server.cutAt = 100_000;
    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();
    await().until(() -> incoming.find(id).receivedBytes() == 100_000);
    var first = services;

    open(Map.of());
    var second = services.getBean(IncomingWork.class);
    second.takeUp();
    assertThat(second.job(id)).as("the first works on it").isEmpty();

    first.close();
    held.countDown();
    server.hold = null;
    second.takeUp();

    awaited(id, State.DONE);
    assertThat(registry.file(registry.all().getFirst())).hasBinaryContent(server.content);
    assertThat(server.asked()).hasSize(2);
    assertThat(server.asked().getLast()).containsEntry("Range", List.of("bytes=100000-"));
  }

  @Test
  void whatAnotherServerIsAskedToDiscardStops() throws IOException {
    server.hold = new CountDownLatch(1);
    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();
    await().until(() -> incoming.find(id).receivedBytes() == 1000);
    var first = services;
    var firstWork = first.getBean(IncomingWork.class);

    open(Map.of());
    try (first) {
      incoming.discard(ADA, id);

      await().until(() -> firstWork.job(id).isEmpty());
      assertThat(parts()).isEmpty();
      assertThat(registry.all()).isEmpty();
    }
  }

  @Test
  void serversThatBeginAtOnceGiveTheirFolderOneName() throws IOException {
    var name = folder.resolve("state/models/incoming/store-id");
    var settings = services.getBean(IncomingSettings.class);
    for (int round = 0; round < 20; round++) {
      Files.deleteIfExists(name);
      var names =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(server -> new IncomingFiles(registry, settings).store())
              .collect(Collectors.toSet());
      assertThat(names).containsExactly(UUID.fromString(Files.readString(name)));
    }
    Files.writeString(name, ""); // of a server that was killed at that moment
    assertThat(new IncomingFiles(registry, settings).store())
        .isEqualTo(UUID.fromString(Files.readString(name)));
  }

  @Test
  void stopsWhenItIsDiscardedAndLeavesNothing() throws IOException {
    server.hold = new CountDownLatch(1);
    var id = incoming.fetch(ADA, server.url(), AS_IN_FILE).id();
    await().until(() -> incoming.find(id).receivedBytes() == 1000);

    incoming.discard(ADA, id);

    assertThatThrownBy(() -> incoming.find(id)).isInstanceOf(IncomingNotFound.class);
    await().until(() -> parts().isEmpty());
    assertThat(registry.all()).isEmpty();
    assertThat(services.getBean(IncomingWork.class).job(id)).isEmpty();
  }

  @Test
  void aPrivateAddressIsRefusedAtOnceAndAfterARedirection() {
    assertThatThrownBy(() -> incoming.fetch(ADA, "https://192.168.1.1/a.gguf", AS_IN_FILE))
        .isInstanceOf(FetchAddressRefused.class)
        .hasMessageContaining("witan.models.fetch.allowed-hosts");
    assertThat(incoming.all()).isEmpty();

    server.redirect = "https://localhost:" + server.port() + "/tiny.gguf";
    failed("fetch-address-refused");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void aFileThatIsNotTheOneThatWasMeantIsNotAdded() throws IOException {
    var id = incoming.fetch(ADA, server.url(), new Wanted(null, null, "0".repeat(64))).id();

    var failed = awaited(id, State.FAILED);

    assertThat(problemOf(failed).code()).isEqualTo("checksum-differs");
    assertThat(problemOf(failed).detail()).contains(sha256(server.content));
    assertThat(registry.all()).isEmpty();
    assertThat(parts()).isEmpty();
  }

  @Test
  void stopsAtTheFirstBytesOfWhatIsNoModel() throws IOException {
    server.content = new byte[5_000_000];
    new Random(3).nextBytes(server.content);
    server.hold = new CountDownLatch(1); // the rest never comes

    failed("not-gguf");

    assertThat(parts()).isEmpty();
  }

  @Test
  void aModelThatTheEngineCannotRunIsNotAdded() throws IOException {
    server.content = java.util.Arrays.copyOf(server.content, 5000);

    failed("unusable-model");

    assertThat(parts()).isEmpty();
  }

  @Test
  void asksForNothingThatIsTooLarge() throws IOException {
    services.close();
    open(Map.of("witan.models.incoming.max-file-size", "10KB"));

    failed("model-file-too-large");
    assertThat(parts()).noneMatch(part -> part.toFile().length() > 0);
  }

  @Test
  void stopsWhatTurnsOutToBeTooLarge() {
    services.close();
    open(Map.of("witan.models.incoming.max-file-size", "10KB"));
    server.tellsLength = false;

    failed("model-file-too-large");
  }

  @Test
  void needsRoomOnTheDisk() {
    services.close();
    open(Map.of("witan.models.incoming.keep-free", "1000TB"));

    assertThatThrownBy(() -> incoming.fetch(ADA, server.url(), AS_IN_FILE))
        .hasMessageContaining("make room");
  }

  @Test
  void whatFailedGoesOnWhenItIsTriedAgain() {
    server.cutAt = 50_000;
    server.cuts.set(1);
    services.close();
    open(Map.of("witan.models.fetch.retries", "0"));
    var failed = failed("fetch-failed");
    assertThat(failed.receivedBytes()).isEqualTo(50_000);
    assertThat(problemOf(failed).detail()).contains("broke off");

    incoming.retry(failed.id());

    awaited(failed.id(), State.DONE);
    assertThat(server.asked().getLast()).containsEntry("Range", List.of("bytes=50000-"));
    assertThatThrownBy(() -> incoming.retry(failed.id())).isInstanceOf(IncomingNotFailed.class);
  }

  @Test
  void aNameThatIsTakenIsRefusedEarlyAndOneOfAFileGetsANumber() {
    var first = registry.add(null, model("other.gguf", 2), AS_IN_FILE, bytes -> {});
    assertThatThrownBy(() -> incoming.fetch(ADA, server.url(), new Wanted(first.name(), null)))
        .isInstanceOf(ModelNameTaken.class);

    awaited(incoming.fetch(ADA, server.url(), AS_IN_FILE).id(), State.DONE);

    assertThat(registry.all())
        .extracting(model -> model.name())
        .containsExactly(first.name(), first.name() + " 2");
  }

  @Test
  void notAllTheWorldComesAtOnce() {
    services.close();
    open(Map.of("witan.models.incoming.unfinished", "1"));
    server.hold = new CountDownLatch(1);
    incoming.fetch(ADA, server.url(), AS_IN_FILE);

    assertThatThrownBy(() -> incoming.fetch(ADA, server.url(), AS_IN_FILE))
        .isInstanceOf(TooManyIncoming.class);
  }

  @Test
  void theCommandLineGoesOnWithWhatItLeft() {
    server.cutAt = 70_000;
    server.cuts.set(1);
    services.close();
    open(Map.of("witan.models.fetch.retries", "0"));
    assertThatThrownBy(() -> incoming.fetchHere(server.url(), AS_IN_FILE, (bytes, size) -> {}))
        .hasMessageContaining("broke off");
    restart();
    assertThat(incoming.all())
        .singleElement()
        .satisfies(left -> assertThat(left.state()).isEqualTo(State.FAILED)); // its own to go on

    var model = incoming.fetchHere(server.url(), AS_IN_FILE, (bytes, size) -> {});

    assertThat(registry.file(model)).hasBinaryContent(server.content);
    assertThat(server.asked().getLast()).containsEntry("Range", List.of("bytes=70000-"));
    assertThat(incoming.all()).isEmpty();
  }

  @Test
  void whatNobodyFinishesIsThrownAway() throws IOException {
    server.cutAt = 50_000;
    server.cuts.set(1);
    services.close();
    open(Map.of("witan.models.fetch.retries", "0", "witan.models.incoming.keep", "1ms"));
    failed("fetch-failed");
    assertThat(parts()).hasSize(1);

    services.getBean(IncomingWork.class).sweep();

    assertThat(incoming.all()).isEmpty();
    assertThat(parts()).isEmpty();
  }
}
