package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.engine.SyntheticModels;
import io.witan.models.registry.BuiltIn;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelActive;
import io.witan.models.registry.ModelBuiltIn;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class BuiltInModelIntegrationTests {
  private static final String SETTING = "witan.models.bundled";

  @TempDir private Path folder;
  private Path file;
  private AnnotationConfigApplicationContext services;
  private ModelRegistry registry;
  private ModelActivation activation;

  @BeforeEach
  void start() {
    Database database = TestDatabase.freshDatabase();
    file = folder.resolve("witan-mini.gguf");
    System.setProperty(SETTING, file.toString());
    services = CommandServices.of(database, folder.resolve("state"));
    registry = services.getBean(ModelRegistry.class);
    activation = services.getBean(ModelActivation.class);
  }

  @AfterEach
  void stop() {
    System.clearProperty(SETTING);
    services.close();
  }

  private void bring(long seed) {
    SyntheticModels.write(file, "dbrx", 1, 256, 4, 2, "q8_0", seed);
  }

  private void score(String sha256, double value) throws IOException {
    Files.writeString(
        folder.resolve("witan-mini.scores.json"),
        """
        {"sha256":"%s","gate":{"passed":%s,"rules":[
          {"name":"F1, English","most":false,"bound":0.5,"value":%s,"quotes":0.3,"passed":true}]}}
        """
            .formatted(sha256, value >= 0.5, value));
  }

  @Test
  void nothingIsThereWithoutAFile() {
    assertThat(registry.all()).isEmpty();
    assertThat(registry.builtIn()).isEmpty();
    assertThat(activation.followDistribution()).isEmpty();
  }

  @Test
  void aFileThatIsNoModelCountsAsNone() throws IOException {
    Files.writeString(file, "no model at all");

    assertThat(registry.all()).isEmpty();
  }

  @Test
  void itIsOfferedWhereItLiesAndActiveOnlyWhenSomebodyWantsIt() {
    bring(1);

    var offered = registry.all().getFirst();

    assertThat(offered.name()).isEqualTo("witan-mini");
    assertThat(offered.present()).isTrue();
    assertThat(builtIn(offered)).isEqualTo(new BuiltIn(false, java.util.List.of()));
    assertThat(activation.followDistribution()).isEmpty();
    assertThat(activation.active()).isEmpty();

    activation.activate(null, offered.id().toString());

    assertThat(activation.active()).contains(offered);
    assertThat(registry.all()).containsExactly(offered);
    assertThat(registry.file(offered)).isEqualTo(file);
    assertThat(folder.resolve("state/models")).doesNotExist(); // not copied
    assertThatThrownBy(() -> registry.remove(null, "witan-mini"))
        .isInstanceOfAny(ModelBuiltIn.class, ModelActive.class);
    activation.deactivate(null);
    assertThatThrownBy(() -> registry.remove(null, "witan-mini")).isInstanceOf(ModelBuiltIn.class);
  }

  @Test
  void itWritesByDefaultWhereItsOwnScoresPassedTheGateAndNobodyEverChose() throws IOException {
    bring(1);
    var sha256 = registry.all().getFirst().sha256();
    score(sha256, 0.2);
    touch();
    assertThat(builtIn(registry.all().getFirst()).scores())
        .containsExactly(new BuiltIn.Score("F1, English", false, 0.5, 0.2, 0.3, false));
    assertThat(activation.followDistribution()).isEmpty();

    score("00" + sha256.substring(2), 0.6); // of another file
    touch();
    assertThat(activation.followDistribution()).isEmpty();

    score(sha256, 0.6);
    touch();
    assertThat(activation.followDistribution()).map(RegisteredModel::name).contains("witan-mini");

    activation.deactivate(null);
    assertThat(activation.followDistribution()).isEmpty();
  }

  @Test
  void aNewOneTakesThePlaceOfTheOneBefore() throws IOException {
    bring(1);
    var first = activation.activate(null, "witan-mini");
    bring(2);
    touch();

    var second = activation.followDistribution();

    assertThat(second).isPresent();
    assertThat(second.get().sha256()).isNotEqualTo(first.sha256());
    assertThat(activation.active()).isEqualTo(second);
    assertThat(registry.all()).containsExactly(second.get());
  }

  @Test
  void oneThatWasActiveIsNotListedOnceItsFileIsGone() throws IOException {
    bring(1);
    activation.activate(null, "witan-mini");
    activation.deactivate(null);
    Files.delete(file);

    assertThat(registry.all()).isEmpty();
  }

  /** So that a file of the same size is seen to have changed. */
  private void touch() throws IOException {
    var before = Files.getLastModifiedTime(file).toInstant();
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(before.plusSeconds(2)));
  }

  private static BuiltIn builtIn(RegisteredModel model) {
    return java.util.Objects.requireNonNull(model.builtIn());
  }
}
