package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DocumentsApplication
class SampleIntegrationTests {
  @Autowired Library library;

  @Test
  void isTheManualForEveryoneToReadAndThereOnce() {
    var ada = library.administrator();
    var bea = library.member("bea");

    assertThat(bea.api.post("/api/v1/collections/sample", Map.of()).status()).isEqualTo(403);
    var made = ada.api.post("/api/v1/collections/sample", Map.of());
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("sample").asBoolean()).isTrue();
    var again = ada.api.post("/api/v1/collections/sample", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("sample-exists");

    var collection = UUID.fromString(made.json().path("id").asString());
    bea.allFinished(collection, Duration.ofMinutes(2));
    assertThat(bea.count(collection, "failed")).isZero();
    assertThat(bea.count(collection, "documents")).isGreaterThan(10);
    var titles =
        bea.api.get("/api/v1/documents?limit=200&collectionId=" + collection).json().path("items");
    assertThat(titles.valueStream().map(d -> d.path("language").asString())).contains("en", "zh");
    ada.api.delete("/api/v1/collections/" + collection);
  }
}
