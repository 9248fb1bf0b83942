package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.witan.database.TestDatabase;
import io.witan.engine.SyntheticModels;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.Prompt.PlainText;
import io.witan.models.registry.AdapterRegistry;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelActive;
import io.witan.models.registry.ModelFileMissing;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredModel;
import io.witan.models.remote.RemoteGenerators;
import io.witan.models.residency.Residency.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;

class ResidentModelsIntegrationTests {
  private static final GeneratorSettings SMALL =
      GeneratorSettings.defaults().withContextTokens(4096);

  @TempDir private Path folder;
  private AnnotationConfigApplicationContext services;
  private ModelRegistry registry;
  private ModelActivation activation;
  private ResidentModels models;

  @BeforeEach
  void start() {
    var database = TestDatabase.freshDatabase();
    DataSource source =
        new DriverManagerDataSource(database.appUrl(), database.user(), database.password());
    services = new AnnotationConfigApplicationContext();
    services.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
    services.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(source));
    services.registerBean(Clock.class, Clock::systemUTC);
    services
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test", Map.of("witan.data", folder.resolve("state").toString())));
    services.scan("io.witan.models.registry", "io.witan.models.network", "io.witan.models.remote");
    services.refresh();
    registry = services.getBean(ModelRegistry.class);
    activation = services.getBean(ModelActivation.class);
    models = residents(SMALL);
  }

  @AfterEach
  void stop() throws InterruptedException {
    models.close();
    services.close();
  }

  private ResidentModels residents(GeneratorSettings settings) {
    return residents(settings, EngineSettings.defaults());
  }

  private ResidentModels residents(GeneratorSettings settings, EngineSettings engine) {
    var fresh =
        new ResidentModels(
            activation,
            registry,
            services.getBean(AdapterRegistry.class),
            services.getBean(RemoteGenerators.class),
            settings,
            engine,
            Clock.systemUTC());
    fresh.start();
    return fresh;
  }

  private RegisteredModel added(String name, long seed) {
    var file = folder.resolve(name + ".gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", seed);
    return registry.add(null, file, new Wanted(name, null), bytes -> {});
  }

  private Generator awaitActive(RegisteredModel model) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                models
                    .active()
                    .filter(it -> it.info().id().equals(model.id().toString()))
                    .isPresent());
    await().until(() -> models.residency().state() == State.ACTIVE);
    return models.active().orElseThrow();
  }

  @Test
  void anActivatedModelAnswersAndADeactivatedOneNoMore() {
    var model = added("One", 1);
    assertThat(models.active()).isEmpty();
    assertThat(models.residency().state()).isEqualTo(State.EMPTY);

    activation.activate(null, "one");
    var generator = awaitActive(model);

    assertThat(generator.info().name()).isEqualTo("One");
    assertThat(generator.info().local()).isTrue();
    assertThat(generator.info().contextTokens()).isEqualTo(4096);
    assertThat(generator.info().chatTemplate()).isFalse();
    assertThat(generator.promptTokensPerSecond()).isPositive();
    var heard = new Heard();
    var run = generator.start(Heard.request(new PlainText("What is a council?"), 8), heard);
    assertThat(run.end().join().reason()).isIn(Reason.LENGTH, Reason.STOP);

    activation.deactivate(null);
    await().atMost(Duration.ofSeconds(10)).until(() -> models.active().isEmpty());
    assertThat(models.residency().state()).isEqualTo(State.EMPTY);
    assertThatThrownBy(() -> generator.start(Heard.request(new PlainText("More?"), 8), heard))
        .isInstanceOf(GeneratorGone.class);
  }

  @Test
  void whatHasBegunIsFinishedByTheModelThatBeganIt() {
    var one = added("One", 1);
    var two = added("Two", 2);
    activation.activate(null, "One");
    var before = awaitActive(one);
    var heard = new Heard();
    var prompt = new PlainText("The council met on Monday and decided");
    var run = before.start(Heard.request(prompt, 3000), heard);

    activation.activate(null, "Two");
    models.hurry(KnownModel.of(two));
    var after = awaitActive(two);

    assertThat(run.end()).isNotDone();
    assertThatThrownBy(() -> before.start(Heard.request(prompt, 8), heard))
        .isInstanceOf(GeneratorGone.class);
    var brief = after.start(Heard.request(prompt, 8), new Heard()).end().join();
    assertThat(brief.reason()).isIn(Reason.LENGTH, Reason.STOP);
    var end = run.end().orTimeout(2, java.util.concurrent.TimeUnit.MINUTES).join();
    assertThat(end.reason()).isEqualTo(Reason.LENGTH);
    assertThat(end.generatedTokens()).isEqualTo(3000);
  }

  @Test
  void aModelThatCannotBeLoadedLeavesTheOldOneActive() throws IOException {
    var one = added("One", 1);
    var two = added("Two", 2);
    activation.activate(null, "One");
    awaitActive(one);
    var whole = Files.readAllBytes(registry.file(two));
    Files.write(registry.file(two), java.util.Arrays.copyOf(whole, whole.length / 2));

    activation.activate(null, "Two");
    await().atMost(Duration.ofSeconds(20)).until(() -> models.residency().state() == State.FAILED);

    var residency = models.residency();
    assertThat(residency.active()).isNotNull().extracting(KnownModel::name).isEqualTo("One");
    assertThat(residency.wanted()).isNotNull().extracting(KnownModel::name).isEqualTo("Two");
    assertThat(residency.failure()).isNotNull().hasMessageContaining("“Two” could not be loaded");
    assertThat(models.active()).isPresent();

    Files.write(registry.file(two), whole);
    activation.activate(null, "Two"); // the same once more is another try
    awaitActive(two);
  }

  /** As where several processes share the database, and each has its own files. */
  @Test
  void aModelWhoseFileComesLaterIsLoadedThen() throws IOException {
    var one = added("One", 1);
    var elsewhere = folder.resolve("elsewhere");
    activation.activate(null, "One");
    Files.move(registry.file(one), elsewhere);
    awaitFailure();
    assertThat(models.residency().failure())
        .isNotNull()
        .hasMessageContaining("not on this machine");

    registry.add(null, elsewhere, new Wanted("One", null), bytes -> {});

    awaitActive(one);
    assertThat(models.residency().failure()).isNull();
  }

  private void awaitFailure() {
    await().atMost(Duration.ofSeconds(20)).until(() -> models.residency().state() == State.FAILED);
  }

  @Test
  void theDeviceThatIsNamedWritesWhatTheProcessorDoes() throws InterruptedException {
    assumeThat(System.getenv("TORNADOVM_HOME")).as("the SDK").isNull();
    var model = added("One", 1);
    activation.activate(null, "One");
    var prompt = new PlainText("The council");
    var byProcessor = new Heard();
    awaitActive(model).start(Heard.request(prompt, 6), byProcessor).end().join();
    assertThat(models.device().orElseThrow().backend()).isEqualTo("cpu");
    assertThat(models.device().orElseThrow().reason()).contains("no device is a GPU");

    models.close();
    models = residents(SMALL, new EngineSettings("auto", "emulator", null));
    var byDevice = new Heard();
    awaitActive(model).start(Heard.request(prompt, 6), byDevice).end().join();

    assertThat(models.device().orElseThrow().backend()).isEqualTo("tornado");
    assertThat(models.device().orElseThrow().reason()).isNull();
    assertThat(byDevice.text()).isEqualTo(byProcessor.text()).isNotEmpty();
  }

  @Test
  void aDeviceThatIsNotThereLeavesTheModelUnloadedWithTheReason() throws InterruptedException {
    added("One", 1);
    models.close();
    models = residents(SMALL, new EngineSettings("tornado", "H9000", null));

    activation.activate(null, "One");
    await().atMost(Duration.ofSeconds(20)).until(() -> models.residency().state() == State.FAILED);

    assertThat(models.residency().failure()).isNotNull();
    assertThat(models.device()).isEmpty();
  }

  @Test
  void aRestartKeepsTheActiveModel() throws InterruptedException {
    var model = added("One", 1);
    activation.activate(null, "One");
    awaitActive(model);

    models.close();
    assertThat(models.active()).isEmpty();
    models = residents(SMALL);

    awaitActive(model);
  }

  @Test
  void whatNeedsMoreThanItsMemoryIsRefusedWithTheFix() throws InterruptedException {
    added("One", 1);
    models.close();
    models = residents(SMALL.withCacheMemory(DataSize.ofKilobytes(64)));

    activation.activate(null, "One");
    await().atMost(Duration.ofSeconds(20)).until(() -> models.residency().state() == State.FAILED);

    assertThat(models.residency().failure())
        .isInstanceOf(ModelTooLarge.class)
        .hasMessageContaining("witan.models.generator.cache-memory");
    assertThat(models.active()).isEmpty();
  }

  @Test
  void anActiveModelCannotBeRemovedNorALostOneActivated() throws IOException {
    var one = added("One", 1);
    var two = added("Two", 2);
    activation.activate(null, "One");

    assertThatThrownBy(() -> registry.remove(null, "One")).isInstanceOf(ModelActive.class);
    assertThat(registry.find("One")).isEqualTo(one);

    Files.delete(registry.file(two));
    assertThatThrownBy(() -> activation.activate(null, "Two")).isInstanceOf(ModelFileMissing.class);

    activation.deactivate(null);
    registry.remove(null, "One");
    assertThat(registry.all()).extracting(RegisteredModel::name).containsExactly("Two");
  }
}
