package io.witan.models.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.engine.SplitModels;
import io.witan.engine.SyntheticModels;
import io.witan.identity.PersonId;
import io.witan.models.fetch.FileServer;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class IncomingPartsIntegrationTests {
  private static final PersonId ADA = new PersonId(UUID.randomUUID());
  private static final Wanted AS_IN_FILE = new Wanted(null, null);
  private static final String SECOND = "tiny-00002-of-00003.gguf";
  private static final String THIRD = "tiny-00003-of-00003.gguf";

  @TempDir private Path folder;
  private final Database database = TestDatabase.freshDatabase();
  private final FileServer server = new FileServer(new byte[0]);
  private Path whole;
  private List<Path> files;
  private AnnotationConfigApplicationContext services;
  private IncomingModels incoming;
  private ModelRegistry registry;

  @BeforeEach
  void start() throws IOException {
    whole = folder.resolve("whole.gguf");
    SyntheticModels.write(whole, "qwen3moe", 2, 256, 4, 2, "q8_0", 1);
    files = SplitModels.split(whole, "tiny", 3);
    for (var file : files) {
      server.files.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    open(Map.of());
  }

  @AfterEach
  void stop() {
    services.close();
    server.close();
  }

  private void open(Map<String, Object> settings) {
    var all = new HashMap<>(settings);
    all.put("witan.data", folder.resolve("state").toString());
    all.put("witan.models.fetch.allowed-hosts", server.host());
    services = IncomingServices.open(database, all);
    incoming = services.getBean(IncomingModels.class);
    registry = services.getBean(ModelRegistry.class);
  }

  private String url(int part) {
    return "http://%s/models/tiny-0000%d-of-00003.gguf?key=secret".formatted(server.host(), part);
  }

  private long size(int parts) throws IOException {
    long bytes = 0;
    for (var file : files.subList(0, parts)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private UUID begun() {
    return incoming.fetch(ADA, url(1), AS_IN_FILE).id();
  }

  private IncomingModel awaited(UUID id, State state) {
    await().atMost(Duration.ofSeconds(30)).until(() -> incoming.find(id).state() == state);
    return incoming.find(id);
  }

  private void assertAddedWhole() {
    assertThat(registry.file(registry.all().getFirst())).hasSameBinaryContentAs(whole);
  }

  private Path state(String name) {
    return folder.resolve("state/models/incoming").resolve(name);
  }

  private List<String> left() throws IOException {
    try (var all = Files.list(state(""))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("store-id"))
          .toList();
    }
  }

  /** Stops the server when all of the first part and some of the second has come. */
  private UUID stoppedInTheSecondPart() throws IOException {
    var held = new CountDownLatch(1);
    server.hold = held;
    server.held = SECOND;
    var id = begun();
    long reached = size(1) + server.cutAt;
    await().until(() -> incoming.find(id).receivedBytes() == reached);
    assertThat(incoming.find(id).totalBytes()).isEqualTo(size(3));
    services.close();
    held.countDown();
    server.hold = null;
    server.paths().clear();
    return id;
  }

  @Test
  void fetchesAllPartsAndAddsThemAsOneModel() throws IOException {
    var id = begun();

    var done = awaited(id, State.DONE);

    assertAddedWhole();
    assertThat(done.fileName()).isEqualTo("tiny.gguf");
    assertThat(done.totalBytes()).isEqualTo(size(3));
    assertThat(done.source()).endsWith("/tiny-00001-of-00003.gguf");
    assertThat(registry.find(String.valueOf(done.modelId())).fileName()).isEqualTo("tiny.gguf");
    assertThat(server.paths()).hasSize(6).allMatch(path -> path.endsWith("?key=secret"));
    assertThat(server.asked().subList(0, 3))
        .allSatisfy(headers -> assertThat(headers).containsEntry("Range", List.of("bytes=0-0")));
    await().untilAsserted(() -> assertThat(left()).isEmpty());
  }

  @Test
  void keepsCompletePartsAndGoesOnInTheOneThatCame() throws IOException {
    var id = stoppedInTheSecondPart();

    open(Map.of());

    assertThat(awaited(id, State.DONE).totalBytes()).isEqualTo(size(3));
    assertAddedWhole();
    assertThat(server.paths())
        .hasSize(4)
        .noneMatch(path -> path.contains("tiny-00001"))
        .anyMatch(path -> path.contains(SECOND));
    assertThat(server.asked())
        .anySatisfy(headers -> assertThat(headers).containsEntry("Range", List.of("bytes=1000-")));
  }

  @Test
  void aPartThatIsAnotherNowBeginsAnew() throws IOException {
    server.tag = "\"old\"";
    var id = stoppedInTheSecondPart();
    server.tag = "\"new\"";

    open(Map.of());

    awaited(id, State.DONE);
    assertAddedWhole();
  }

  @Test
  void joinsWhatHadComeWholeBeforeAStop() throws IOException {
    var id = stoppedInTheSecondPart();
    for (int part = 2; part <= 3; part++) {
      var name = "model-0000%d-of-00003.gguf".formatted(part);
      Files.copy(files.get(part - 1), state(id + ".parts").resolve(name));
    }
    Files.delete(state(id + ".part"));
    becomesChecking(id);

    open(Map.of());

    awaited(id, State.DONE);
    assertAddedWhole();
    assertThat(server.paths()).isEmpty();
  }

  @Test
  void addsWhatHadBeenJoinedBeforeAStop() throws IOException {
    var id = stoppedInTheSecondPart();
    Files.delete(state(id + ".part"));
    Files.copy(whole, state(id + ".part"));
    becomesChecking(id); // with one part still there: it was stopped while it threw them away

    open(Map.of());

    awaited(id, State.DONE);
    assertAddedWhole();
    await().untilAsserted(() -> assertThat(left()).isEmpty());
  }

  private void becomesChecking(UUID id) {
    var source =
        new org.springframework.jdbc.datasource.DriverManagerDataSource(
            database.appUrl(), database.user(), database.password());
    JdbcClient.create(source)
        .sql("update models.incoming set state = 'CHECKING' where id = ?")
        .param(id)
        .update();
  }

  @Test
  void whatIsDiscardedLeavesNothing() throws IOException {
    server.hold = new CountDownLatch(1);
    server.held = THIRD;
    var id = begun();
    long reached = size(2) + server.cutAt;
    await().until(() -> incoming.find(id).receivedBytes() == reached);
    assertThat(left()).containsExactlyInAnyOrder(id + ".part", id + ".parts", id + ".lock");

    incoming.discard(ADA, id);

    await().untilAsserted(() -> assertThat(left()).isEmpty());
    assertThat(registry.all()).isEmpty();
  }

  @Test
  void aMissingPartIsNamedBeforeAnythingIsFetched() throws IOException {
    server.files.remove(THIRD);

    var failed = awaited(begun(), State.FAILED);

    assertThat(Optional.ofNullable(failed.problem()).orElseThrow().detail())
        .contains(THIRD)
        .contains("404");
    assertThat(failed.receivedBytes()).isZero();
    server.files.put(THIRD, Files.readAllBytes(files.getLast()));
    incoming.retry(failed.id());
    awaited(failed.id(), State.DONE);
    assertAddedWhole();
  }

  @Test
  void asksForNothingIfAllPartsTogetherAreTooLarge() throws IOException {
    services.close();
    open(Map.of("witan.models.incoming.max-file-size", (size(3) - 1) + "B"));

    var failed = awaited(begun(), State.FAILED);

    assertThat(Optional.ofNullable(failed.problem()).orElseThrow().code())
        .isEqualTo("model-file-too-large");
    assertThat(server.paths()).hasSize(3);
  }

  @Test
  void takesPartsWhoseLengthNobodyTells() throws IOException {
    server.tellsLength = false;
    server.knowsRanges = false;

    assertThat(awaited(begun(), State.DONE).totalBytes()).isNull();
    assertAddedWhole();
  }

  @Test
  void partsOfDifferentModelsAreNotAdded() throws IOException {
    server.files.put(SECOND, Files.readAllBytes(files.getLast()));

    var failed = awaited(begun(), State.FAILED);

    assertThat(Optional.ofNullable(failed.problem()).orElseThrow().detail())
        .contains("do not belong together");
    await().untilAsserted(() -> assertThat(left()).isEmpty());
    assertThat(registry.all()).isEmpty();
  }

  @Test
  void anotherPartThanTheFirstAndAChecksumAreRefused() {
    assertThatThrownBy(() -> incoming.fetch(ADA, url(2), AS_IN_FILE))
        .isInstanceOf(PartOfModel.class)
        .hasMessageContaining("part 2 of 3")
        .hasMessageContaining("/models/tiny-00001-of-00003.gguf")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> incoming.fetch(ADA, url(1), new Wanted(null, null, "0".repeat(64))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("sha256");
    assertThat(incoming.all()).isEmpty();
  }

  @Test
  void theCommandLineKeepsCompletePartsToo() throws IOException {
    server.cutAt = 5000;
    server.cuts.set(1);
    server.held = SECOND;
    services.close();
    open(Map.of("witan.models.fetch.retries", "0"));
    assertThatThrownBy(() -> incoming.fetchHere(url(1), AS_IN_FILE, (bytes, size) -> {}))
        .hasMessageContaining(SECOND)
        .hasMessageContaining("broke off");
    server.paths().clear();
    var told = new ArrayList<Optional<Long>>();

    var model = incoming.fetchHere(url(1), AS_IN_FILE, (bytes, size) -> told.add(size));

    assertThat(registry.file(model)).hasSameBinaryContentAs(whole);
    assertThat(told).containsOnly(Optional.of(size(3)));
    assertThat(server.paths()).hasSize(4).noneMatch(path -> path.contains("tiny-00001"));
    assertThat(incoming.all()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void sweepsFoldersThatBelongToNothing() throws IOException {
    var id = stoppedInTheSecondPart();
    open(Map.of());
    awaited(id, State.DONE);
    var lost = Files.createDirectories(state(UUID.randomUUID() + ".parts"));
    Files.writeString(lost.resolve("model-00001-of-00002.gguf"), "x");
    Files.setLastModifiedTime(lost, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    var fresh = Files.createDirectories(state(UUID.randomUUID() + ".parts"));

    services.getBean(IncomingWork.class).sweep();

    assertThat(lost).doesNotExist();
    assertThat(fresh).exists();
  }
}
