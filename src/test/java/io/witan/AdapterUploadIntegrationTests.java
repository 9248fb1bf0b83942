package io.witan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.engine.AdapterFiles;
import io.witan.engine.SyntheticModels;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@WholeApplication
class AdapterUploadIntegrationTests {
  private static final List<String> CHANGED = List.of("blk.0.attn_qkv", "output");
  @TempDir private static Path folder;

  @Autowired ApplicationContext context;
  @Autowired ModelRegistry registry;
  private Cast cast;
  private ApiClient administrator;
  private Path base;
  private RegisteredModel model;

  @DynamicPropertySource
  static void models(DynamicPropertyRegistry properties) {
    properties.add("witan.models.directory", () -> folder.resolve("models").toString());
  }

  @BeforeEach
  void start() {
    cast = Cast.of(context);
    administrator = cast.administrator();
    base = folder.resolve(UUID.randomUUID() + ".gguf");
    SyntheticModels.write(base, "dbrx", 1, 256, 4, 2, "f32", new Random().nextLong());
    var name = "Base " + UUID.randomUUID();
    model = registry.add(null, base, new Wanted(name, null), bytes -> {});
  }

  private byte[] adapter(Path of, int seed) throws IOException {
    var path = folder.resolve(UUID.randomUUID() + ".gguf");
    return Files.readAllBytes(AdapterFiles.write(of, path, CHANGED, seed));
  }

  private String path() {
    return "/api/v1/models/registry/" + model.id() + "/adapters";
  }

  private ApiClient.Answer send(ApiClient client, String fileName, String name, byte[] file) {
    var query = "?fileName=%s&name=%s".formatted(encoded(fileName), encoded(name));
    var type = Map.of("Content-Type", "application/octet-stream");
    return client.sendBytes("POST", path() + query, file, type);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void assertNothingStayed() throws IOException {
    assertThat(administrator.get(path()).json().path("items").size()).isZero();
    assertNoPart();
  }

  private static void assertNoPart() throws IOException {
    try (var files = Files.list(folder.resolve("models"))) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".part"));
    }
  }

  @Test
  void anAdministratorUploadsAnAdapterAndRemovesIt() throws Exception {
    byte[] file = adapter(base, 1);

    var added = send(administrator, "旧约.gguf", "", file);

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    var sha = MessageDigest.getInstance("SHA-256").digest(file);
    assertThat(added.json().path("sha256").asString()).isEqualTo(HexFormat.of().formatHex(sha));
    assertThat(added.json().path("name").asString()).isEqualTo("旧约");
    assertThat(added.json().path("matrices").asInt()).isEqualTo(CHANGED.size());
    var kept = folder.resolve("models").resolve(HexFormat.of().formatHex(sha) + ".gguf");
    assertThat(kept).hasBinaryContent(file);
    var listed = administrator.get(path()).json().path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertNoPart();

    var id = listed.path(0).path("id").asString();
    assertThat(administrator.delete("/api/v1/models/adapters/" + id).status()).isEqualTo(204);

    assertThat(kept).doesNotExist();
    assertNothingStayed();
  }

  @Test
  void whatIsNoAdapterOfThisModelIsRefusedAndLeavesNothing() throws IOException {
    var other = folder.resolve(UUID.randomUUID() + ".gguf");
    SyntheticModels.write(other, "dbrx", 1, 512, 4, 2, "f32", 5);
    byte[] good = adapter(base, 2);

    for (byte[] bad :
        List.of(
            new byte[0],
            "no adapter".getBytes(UTF_8),
            Arrays.copyOf(good, good.length / 2),
            Files.readAllBytes(base),
            adapter(other, 3))) {
      var answer = send(administrator, "bad.gguf", "bad", bad);
      assertThat(answer.code()).as(answer.text()).isEqualTo("unusable-adapter");
      assertThat(answer.json().path("detail").asString())
          .contains("bad.gguf")
          .doesNotContain(folder.toString());
    }

    assertNothingStayed();
  }

  @Test
  void namesAndContentsAreUniqueForAModel() throws IOException {
    byte[] file = adapter(base, 4);
    assertThat(send(administrator, "a.gguf", "Formal", file).status()).isEqualTo(201);

    assertThat(send(administrator, "b.gguf", "formal", adapter(base, 5)).code())
        .isEqualTo("adapter-name-taken");
    assertThat(send(administrator, "b.gguf", "other", file).code()).isEqualTo("adapter-name-taken");
    assertThat(send(administrator, "b.gguf", "with:colon", adapter(base, 6)).code())
        .isEqualTo("invalid-input");

    assertThat(administrator.get(path()).json().path("items").size()).isEqualTo(1);
    assertNoPart();
  }

  @Test
  void onlyAdministratorsUploadAndOnlyToModelsThatAreThere() throws IOException {
    byte[] file = adapter(base, 7);

    assertThat(send(cast.member("Noor"), "a.gguf", "a", file).code()).isEqualTo("not-allowed");
    assertThat(send(cast.nobody(), "a.gguf", "a", file).code()).isEqualTo("not-signed-in");
    var nowhere = "/api/v1/models/registry/" + UUID.randomUUID() + "/adapters?fileName=a.gguf";
    var type = Map.of("Content-Type", "application/octet-stream");
    assertThat(administrator.sendBytes("POST", nowhere, file, type).code())
        .isEqualTo("model-not-found");

    assertNothingStayed();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws IOException {
    var made = administrator.post("/api/v1/me/api-keys", Map.of("name", "adapters"));
    var key = made.json().path("secret").asString();
    byte[] file = adapter(base, 8);
    var head =
        """
        POST %s?fileName=a.gguf HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Content-Type: application/octet-stream\r
        Content-Length: %d\r
        \r
        """
            .formatted(path(), key, file.length);

    try (var socket = new Socket(InetAddress.getLoopbackAddress(), cast.port())) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(file, 0, file.length - 1);
      socket.getOutputStream().flush();
      await().atMost(Duration.ofSeconds(20)).until(AdapterUploadIntegrationTests::partsAreThere);
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> !partsAreThere());
    assertNothingStayed();
  }

  private static boolean partsAreThere() throws IOException {
    try (var files = Files.list(folder.resolve("models"))) {
      return files.anyMatch(file -> file.toString().endsWith(".part"));
    }
  }
}
