package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.engine.SyntheticModels;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A second whole server on the same database, with its own files or with the same ones. */
@WholeApplication
class TwoServersIntegrationTests {
  private static final String SECRET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final Duration SOON = Duration.ofMinutes(1);
  @TempDir private static Path folder;

  private final ApplicationContext context;
  private final Cast cast;
  private final ModelRegistry registry;

  TwoServersIntegrationTests(
      @Autowired ApplicationContext context, @Autowired ModelRegistry registry) {
    this.context = context;
    this.cast = Cast.of(context);
    this.registry = registry;
  }

  @DynamicPropertySource
  static void models(DynamicPropertyRegistry properties) {
    properties.add("witan.models.directory", () -> folder.resolve("models").toString());
    properties.add("witan.models.generator.context-tokens", () -> 1024);
    properties.add("witan.secret-key", () -> SECRET_KEY);
  }

  private ConfigurableApplicationContext other(Path models) {
    var properties = new HashMap<String, Object>();
    for (var key : List.of("url", "user", "password")) {
      var name = "witan.database." + key;
      properties.put(name, context.getEnvironment().getRequiredProperty(name));
    }
    properties.put("server.port", 0);
    properties.put("server.address", "127.0.0.1");
    properties.put("witan.documents.indexing", false);
    properties.put("witan.secret-key", SECRET_KEY);
    properties.put("witan.models.generator.context-tokens", 1024);
    properties.put("witan.models.directory", models.toString());
    var application = new SpringApplication(WitanApplication.class);
    application.addInitializers(
        started ->
            started
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("other", properties)));
    return application.run();
  }

  private ApiClient at(ConfigurableApplicationContext server) {
    int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return cast.programOf(cast.administrator()).at(port);
  }

  private RegisteredModel added(String name, long seed) {
    var file = folder.resolve(name + ".gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", seed);
    return registry.add(null, file, new Wanted(name, null), bytes -> {});
  }

  private static JsonNode generator(ApiClient client) {
    return client.get("/api/v1/models").json().path("generator");
  }

  private static void awaitText(ApiClient client, String path, String value) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(generator(client).at(path).asString("")).isEqualTo(value));
  }

  @Test
  void whatIsActivatedOnOneAnswersOnTheOther() {
    var model = added("Shared", 21);
    try (var server = other(folder.resolve("models"))) {
      var there = at(server);

      cast.administrator().put("/api/v1/models/active", Map.of("modelId", model.id().toString()));
      awaitText(there, "/name", "Shared");
      awaitText(there, "/state", "ACTIVE");
      awaitText(cast.administrator(), "/state", "ACTIVE");

      cast.administrator().delete("/api/v1/models/active");
      awaitText(there, "/mode", "QUOTE");

      var remote = addedRemote();
      cast.administrator().put("/api/v1/models/remote/" + remote + "/active", Map.of());
      awaitText(there, "/name", "Elsewhere");
      assertThat(generator(there).path("mode").asString()).isEqualTo("MODEL");

      cast.administrator().delete("/api/v1/models/active");
      awaitText(there, "/mode", "QUOTE");
      awaitText(cast.administrator(), "/mode", "QUOTE");
    }
  }

  private String addedRemote() {
    var wanted = new HashMap<String, Object>();
    wanted.put("name", "Elsewhere");
    wanted.put("address", "http://127.0.0.1:9/v1");
    wanted.put("model", "some/model");
    wanted.put("contextTokens", 8192);
    wanted.put("key", "sk-two-servers");
    var answer = cast.administrator().post("/api/v1/models/remote", wanted);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  @Test
  void aFileThatLiesOnOneOnlyIsMissedByTheOther() {
    var model = added("Here only", 22);
    var own = folder.resolve("models of the other");
    assertThat(Files.exists(own)).isFalse();
    try (var server = other(own)) {
      var there = at(server);

      cast.administrator().put("/api/v1/models/active", Map.of("modelId", model.id().toString()));

      awaitText(cast.administrator(), "/state", "ACTIVE");
      awaitText(there, "/wanted/problem/code", "model-file-missing");
      assertThat(generator(there).path("mode").asString()).isEqualTo("QUOTE");
      assertThat(generator(there).at("/wanted/problem/detail").asString())
          .contains("Here only", "not on this machine")
          .doesNotContain(own.toString());
      cast.administrator().delete("/api/v1/models/active");
      awaitText(there, "/mode", "QUOTE");
      awaitText(cast.administrator(), "/mode", "QUOTE");
    }
  }
}
