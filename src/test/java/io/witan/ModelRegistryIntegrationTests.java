package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.engine.SplitModels;
import io.witan.engine.SyntheticModels;
import io.witan.models.registry.ModelAlreadyAdded;
import io.witan.models.registry.ModelNameTaken;
import io.witan.models.registry.ModelNotFound;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.UnusableModel;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ModelRegistryIntegrationTests {
  private static final Wanted AS_IN_FILE = new Wanted(null, null);

  private final Database database = TestDatabase.freshDatabase();
  @TempDir private Path folder;
  private Path data;
  private AnnotationConfigApplicationContext services;
  private ModelRegistry registry;

  @BeforeEach
  void start() {
    data = folder.resolve("state");
    services = CommandServices.of(database, data);
    registry = services.getBean(ModelRegistry.class);
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private Path model(String file, long seed) {
    var path = folder.resolve(file);
    SyntheticModels.write(path, "dbrx", 1, 256, 4, 2, "q8_0", seed);
    return path;
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(data.resolve("models"))) {
      return all.toList();
    }
  }

  @Test
  void keepsACopyAndWhatTheFileSays() throws IOException {
    var file = model("tiny.gguf", 1);
    var progress = new ArrayList<Long>();

    var added = registry.add(null, file, new Wanted("Tiny", "Apache-2.0"), progress::add);
    long size = Files.size(file);
    Files.delete(file);

    assertThat(added.bytes()).isEqualTo(size);
    assertThat(progress).last().isEqualTo(size);
    assertThat(added.architecture()).isEqualTo("dbrx");
    assertThat(added.experts()).isEqualTo(4);
    assertThat(added.expertsUsed()).isEqualTo(2);
    assertThat(added.activeParameters()).isLessThan(added.parameters());
    assertThat(added.memoryBytes()).isGreaterThan(size);
    assertThat(registry.find("tiny")).isEqualTo(added);
    assertThat(registry.all()).singleElement().satisfies(it -> assertThat(it.present()).isTrue());
    assertThat(files())
        .singleElement()
        .satisfies(it -> assertThat(it.getFileName()).hasToString(added.sha256() + ".gguf"));
  }

  @Test
  void refusesWhatTheEngineCannotRunAndLeavesNothing() throws IOException {
    var text = Files.writeString(folder.resolve("notes.gguf"), "no model at all");
    var cut = folder.resolve("cut.gguf");
    var whole = Files.readAllBytes(model("whole.gguf", 2));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

    for (var file : List.of(text, cut, folder.resolve("absent.gguf"))) {
      assertThatThrownBy(() -> registry.add(null, file, AS_IN_FILE, bytes -> {}))
          .isInstanceOf(UnusableModel.class)
          .hasMessageContaining(file.getFileName().toString());
    }
    assertThat(registry.all()).isEmpty();
    assertThat(data.resolve("models")).doesNotExist();
  }

  @Test
  void joinsThePartsOfAModelAndRefusesHalfOfThem() throws IOException {
    var whole = model("whole.gguf", 9);
    var parts = SplitModels.split(whole, "tiny", 3);

    assertThatThrownBy(() -> registry.add(null, parts.get(1), AS_IN_FILE, bytes -> {}))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContaining("give the first, tiny-00001-of-00003.gguf");
    var checked = new Wanted(null, null, "0".repeat(64));
    assertThatThrownBy(() -> registry.add(null, parts.getFirst(), checked, bytes -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("several parts");
    Files.move(parts.get(2), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> registry.add(null, parts.getFirst(), AS_IN_FILE, bytes -> {}))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContaining("missing is tiny-00003-of-00003.gguf");
    assertThat(data.resolve("models")).doesNotExist();
    Files.move(folder.resolve("elsewhere"), parts.get(2));

    var added = registry.add(null, parts.getFirst(), AS_IN_FILE, bytes -> {});

    assertThat(added.fileName()).isEqualTo("tiny.gguf");
    assertThat(registry.file(added)).hasSameBinaryContentAs(whole);
    assertThat(files()).hasSize(1);
    assertThat(parts).allSatisfy(part -> assertThat(part).exists());
  }

  @Test
  void refusesTheSameContentAndTheSameName() throws IOException {
    var file = model("a.gguf", 3);
    registry.add(null, file, new Wanted("One", null), bytes -> {});

    assertThatThrownBy(() -> registry.add(null, file, new Wanted("Two", null), bytes -> {}))
        .isInstanceOf(ModelAlreadyAdded.class)
        .hasMessageContaining("“One”");
    assertThatThrownBy(
            () -> registry.add(null, model("b.gguf", 4), new Wanted("one", null), bytes -> {}))
        .isInstanceOf(ModelNameTaken.class);
    assertThat(files()).hasSize(1);
  }

  @Test
  void removesWhatAKilledCopyLeftButNotOneThatGoesOn() throws IOException {
    var store = Files.createDirectories(data.resolve("models"));
    var abandoned = Files.writeString(store.resolve("killed.part"), "half a model");
    var goingOn = Files.writeString(store.resolve("copying.part"), "half a model");
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    registry.add(null, model("a.gguf", 6), AS_IN_FILE, bytes -> {});

    assertThat(abandoned).doesNotExist();
    assertThat(goingOn).exists();
  }

  @Test
  void removesTheFileWithTheModel() throws IOException {
    var added = registry.add(null, model("a.gguf", 5), new Wanted("Gone", null), bytes -> {});

    registry.remove(null, added.id().toString());

    assertThat(files()).isEmpty();
    assertThat(registry.all()).isEmpty();
    assertThatThrownBy(() -> registry.remove(null, "Gone")).isInstanceOf(ModelNotFound.class);
    assertThat(actions()).containsExactlyInAnyOrder("model-added", "model-removed");
  }

  @Test
  void takesAFileThatWasLostAgain() throws IOException {
    var file = model("a.gguf", 6);
    var added = registry.add(null, file, new Wanted("Lost", null), bytes -> {});
    Files.delete(files().getFirst());

    assertThat(registry.find("Lost").present()).isFalse();

    assertThat(registry.add(null, file, AS_IN_FILE, bytes -> {})).isEqualTo(added);
    assertThat(registry.find("Lost").present()).isTrue();
  }

  private List<String> actions() {
    var source =
        new DriverManagerDataSource(database.appUrl(), database.user(), database.password());
    return JdbcClient.create(source)
        .sql("select action from operations.audit_entry")
        .query(String.class)
        .list();
  }
}
