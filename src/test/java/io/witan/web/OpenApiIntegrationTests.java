package io.witan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.Cast;
import io.witan.WholeApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@WholeApplication
class OpenApiIntegrationTests {
  private static final Path FRONTEND = Path.of("frontend/src/shared/api/openapi.json");
  private static final Path WRITTEN = Path.of("target/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Cast cast;

  OpenApiIntegrationTests(@Autowired ApplicationContext context) {
    this.cast = Cast.of(context);
  }

  @Test
  void isTheDescriptionThatTheFrontEndWasGeneratedFrom() throws IOException {
    var document = JSON.writeValueAsString(description()) + "\n";
    Files.writeString(WRITTEN, document);
    if (Boolean.getBoolean("witan.openapi.update")) {
      Files.createDirectories(FRONTEND.getParent());
      Files.writeString(FRONTEND, document);
    }

    Assumptions.assumeTrue(Files.exists(FRONTEND), FRONTEND + " does not exist yet");
    assertThat(Files.readString(FRONTEND))
        .as("run this test with -Dwitan.openapi.update=true and commit " + FRONTEND)
        .isEqualTo(document);
  }

  @Test
  void isClosedToStrangers() {
    assertThat(cast.nobody().get("/api/v1/openapi.json").status()).isEqualTo(401);
  }

  @Test
  void saysWhatIsAlwaysThereAndWhatMayBeNull() {
    var key = description().path("components").path("schemas").path("ApiKey");

    assertThat(key.path("required").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("id", "name", "prefix", "createdAt");
    assertThat(key.path("properties").path("lastUsedAt").path("type").toString())
        .isEqualTo("[\"string\",\"null\"]");
  }

  @Test
  void namesSchemasAsTheContractDoes() {
    var names = description().path("components").path("schemas").propertyNames();

    assertThat(names)
        .contains("Me", "Person", "Group", "Collection", "ApiKey", "Problem", "AuditEntry");
  }

  private JsonNode description() {
    var answer = cast.administrator().get("/api/v1/openapi.json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
