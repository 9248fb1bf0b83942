package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.witan.database.TestDatabase;
import io.witan.engine.AdapterFiles;
import io.witan.engine.SyntheticModels;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt.PlainText;
import io.witan.models.registry.AdapterNameTaken;
import io.witan.models.registry.AdapterNotFound;
import io.witan.models.registry.AdapterRegistry;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredAdapter;
import io.witan.models.registry.RegisteredModel;
import io.witan.models.registry.UnusableAdapter;
import io.witan.models.remote.RemoteGenerators;
import io.witan.shared.InvalidInput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

/** Adapters that are added and removed while the model answers. */
class ResidentAdaptersIntegrationTests {
  private static final GeneratorSettings SMALL =
      GeneratorSettings.defaults().withContextTokens(4096);

  private static final List<String> CHANGED = List.of("blk.0.attn_qkv", "output");

  @TempDir private Path folder;
  private AnnotationConfigApplicationContext services;
  private ModelRegistry registry;
  private AdapterRegistry adapters;
  private ModelActivation activation;
  private ResidentModels models;
  private Path base;

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
    adapters = services.getBean(AdapterRegistry.class);
    activation = services.getBean(ModelActivation.class);
    base = folder.resolve("base.gguf");
    SyntheticModels.write(base, "dbrx", 2, 256, 4, 2, "f32", 3);
    models = residents(SMALL);
  }

  @AfterEach
  void stop() throws InterruptedException {
    models.close();
    services.close();
  }

  private ResidentModels residents(GeneratorSettings settings) {
    var fresh =
        new ResidentModels(
            activation,
            registry,
            adapters,
            services.getBean(RemoteGenerators.class),
            settings,
            EngineSettings.defaults(),
            Clock.systemUTC());
    fresh.start();
    return fresh;
  }

  private RegisteredModel model() {
    return registry.add(null, base, new Wanted("Base", null), bytes -> {});
  }

  private RegisteredAdapter added(String name, int seed) {
    var path = AdapterFiles.write(base, folder.resolve(name + ".gguf"), CHANGED, seed);
    return adapters.add(null, "base", path, name + ".gguf", null);
  }

  private Generator active() {
    await().atMost(Duration.ofMinutes(1)).until(() -> models.active().isPresent());
    return models.active().orElseThrow();
  }

  private void awaitAdapters(String... names) {
    await().atMost(Duration.ofSeconds(20)).until(() -> active().adapters().equals(List.of(names)));
  }

  private static GeneratorRequest request(@Nullable String adapter) {
    return Heard.request(new PlainText("What is a council?"), 12).withAdapter(adapter);
  }

  private String written(@Nullable String adapter) {
    var heard = new Heard();
    active().start(request(adapter), heard).end().join();
    return heard.text();
  }

  @Test
  void anAdapterIsUsedAsSoonAsItIsAddedAndNoMoreWhenItIsRemoved() {
    model();
    var legal = added("legal", 1);
    assertThat(legal.matrices()).isEqualTo(CHANGED.size());
    activation.activate(null, "base");
    awaitAdapters("legal");
    var plain = written(null);
    var changed = written("Legal");
    assertThat(changed).isNotEqualTo(plain);

    added("medical", 2);
    awaitAdapters("legal", "medical");
    assertThat(written("medical")).isNotEqualTo(plain).isNotEqualTo(changed);
    assertThat(written("legal")).isEqualTo(changed);

    var generator = active();
    adapters.remove(null, legal.id());
    assertThat(adapters.file(legal)).doesNotExist();
    awaitAdapters("medical");
    assertThatThrownBy(() -> generator.start(request("legal"), new Heard()))
        .isInstanceOf(AdapterNotFound.class);
    assertThat(written(null)).isEqualTo(plain);
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    var model = model();
    added("legal", 1);
    var path = folder.resolve("legal.gguf");

    assertThatThrownBy(() -> adapters.add(null, "base", path, "legal.gguf", "other"))
        .isInstanceOf(AdapterNameTaken.class);
    var second = AdapterFiles.write(base, folder.resolve("second.gguf"), CHANGED, 2);
    assertThatThrownBy(() -> adapters.add(null, "base", second, "second.gguf", "LEGAL"))
        .isInstanceOf(AdapterNameTaken.class);
    assertThatThrownBy(() -> adapters.add(null, "base", second, "second.gguf", "a:b"))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> adapters.add(null, "base", base, "base.gguf", null))
        .isInstanceOf(UnusableAdapter.class)
        .hasMessageContaining("base.gguf is no LoRA adapter");
    var smaller = folder.resolve("smaller.gguf");
    SyntheticModels.write(smaller, "dbrx", 1, 512, 4, 2, "f32", 3);
    registry.add(null, smaller, new Wanted("Smaller", null), bytes -> {});
    assertThatThrownBy(() -> adapters.add(null, "smaller", second, "second.gguf", null))
        .isInstanceOf(UnusableAdapter.class);
    assertThat(adapters.of(model.id()))
        .extracting(RegisteredAdapter::name)
        .containsExactly("legal");
  }

  @Test
  void aModelTakesItsAdaptersAlong() {
    model();
    var legal = added("legal", 1);
    assertThat(adapters.file(legal)).exists();

    registry.remove(null, "base");

    assertThat(adapters.file(legal)).doesNotExist();
    assertThat(adapters.of(legal.modelId())).isEmpty();
  }
}
