package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.database.Database;
import io.witan.engine.SyntheticModels;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@WholeApplication
class ModelActivationIntegrationTests {
  @TempDir private static Path folder;

  private final ApplicationContext context;
  private final Cast cast;
  private final JdbcClient jdbc;
  private final ModelRegistry registry;

  ModelActivationIntegrationTests(
      @Autowired ApplicationContext context,
      @Autowired JdbcClient jdbc,
      @Autowired ModelRegistry registry) {
    this.context = context;
    this.cast = Cast.of(context);
    this.jdbc = jdbc;
    this.registry = registry;
  }

  @DynamicPropertySource
  static void models(DynamicPropertyRegistry properties) {
    properties.add("witan.models.directory", () -> folder.resolve("models").toString());
    properties.add("witan.models.generator.context-tokens", () -> 1024);
  }

  @AfterEach
  void deactivate() {
    cast.administrator().delete("/api/v1/models/active");
    awaitMode("QUOTE");
  }

  private RegisteredModel added(String name, long seed) {
    var file = folder.resolve(name + ".gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", seed);
    return registry.add(null, file, new Wanted(name, null), bytes -> {});
  }

  private JsonNode generator() {
    return cast.administrator().get("/api/v1/models").json().path("generator");
  }

  private void awaitMode(String mode) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> generator().path("mode").asString().equals(mode));
  }

  @Test
  void administratorsActivateAModelAndGoBackToQuotes() {
    var model = added("Rest", 1);
    assertThat(generator().path("state").asString()).isEqualTo("EMPTY");
    var fit = cast.administrator().get("/api/v1/models/registry/" + model.id() + "/fit").json();
    assertThat(fit.path("verdict").asString()).isIn("FITS", "SLOW");
    assertThat(fit.path("neededBytes").asLong()).isGreaterThan(model.bytes());
    assertThat(fit.path("contextTokens").asInt()).isEqualTo(1024);

    var taken =
        cast.administrator().put("/api/v1/models/active", Map.of("modelId", model.id().toString()));

    assertThat(taken.status()).isEqualTo(202);
    awaitMode("MODEL");
    var generator = generator();
    assertThat(generator.path("name").asString()).isEqualTo("Rest");
    assertThat(generator.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(generator.path("modelId").asString()).isEqualTo(model.id().toString());
    assertThat(generator.path("contextTokens").asInt()).isEqualTo(1024);
    assertThat(generator.path("promptTokensPerSecond").asDouble()).isPositive();
    var removal = cast.administrator().delete("/api/v1/models/registry/" + model.id());
    assertThat(removal.code()).isEqualTo("model-active");

    assertThat(cast.administrator().delete("/api/v1/models/active").status()).isEqualTo(204);
    awaitMode("QUOTE");
    assertThat(
            jdbc.sql(
                    "select action from operations.audit_entry where subject_id = ? and actor_id is"
                        + " not null order by at")
                .param(model.id())
                .query(String.class)
                .list())
        .containsExactly("model-activated", "model-deactivated");
  }

  @Test
  void membersMayNot() {
    var member = cast.member("mona");
    var model = added("Closed", 2);

    assertThat(member.put("/api/v1/models/active", Map.of("modelId", model.id().toString())).code())
        .isEqualTo("not-allowed");
    assertThat(member.delete("/api/v1/models/active").code()).isEqualTo("not-allowed");
    assertThat(member.get("/api/v1/models/registry/" + model.id() + "/fit").code())
        .isEqualTo("not-allowed");
    assertThat(generator().path("mode").asString()).isEqualTo("QUOTE");
  }

  @Test
  void theCommandLineActivatesInARunningServer() {
    var model = added("Command", 3);
    var environment = context.getEnvironment();
    var database =
        new Database(
            environment.getRequiredProperty("witan.database.url"),
            environment.getRequiredProperty("witan.database.user"),
            environment.getRequiredProperty("witan.database.password"));
    try (var command = CommandServices.of(database, folder)) {
      var activation = command.getBean(ModelActivation.class);

      activation.activate(null, "command");
      awaitMode("MODEL");
      assertThat(generator().path("modelId").asString()).isEqualTo(model.id().toString());
      assertThat(activation.active()).contains(model);

      activation.deactivate(null);
      awaitMode("QUOTE");
    }
  }
}
