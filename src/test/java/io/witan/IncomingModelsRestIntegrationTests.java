package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.witan.engine.SyntheticModels;
import io.witan.models.fetch.FileServer;
import io.witan.models.registry.ModelRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@WholeApplication
class IncomingModelsRestIntegrationTests {
  private static final String INCOMING = "/api/v1/models/incoming";
  private static final String UPLOADS = "/api/v1/models/uploads";
  @TempDir private static Path folder;
  private static final FileServer SERVER = new FileServer(new byte[0]);

  @Autowired ApplicationContext context;
  @Autowired JdbcClient jdbc;
  @Autowired ModelRegistry registry;
  private Cast cast;
  private ApiClient administrator;
  private String key;
  private byte[] model;

  @DynamicPropertySource
  static void models(DynamicPropertyRegistry properties) {
    properties.add("witan.models.directory", () -> folder.resolve("models").toString());
    properties.add("witan.models.fetch.allowed-hosts", SERVER::host);
    properties.add("witan.models.incoming.max-file-size", () -> "100MB");
    properties.add("witan.models.incoming.unfinished", () -> 100);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void start() throws IOException {
    cast = Cast.of(context);
    administrator = cast.administrator();
    var made = administrator.post("/api/v1/me/api-keys", Map.of("name", "uploads"));
    key = made.json().path("secret").asString();
    var file = folder.resolve(UUID.randomUUID() + ".gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", new Random().nextLong());
    model = Files.readAllBytes(file);
  }

  private JsonNode awaited(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                administrator
                    .get(INCOMING + "/" + id)
                    .json()
                    .path("state")
                    .asString()
                    .equals(state));
    return administrator.get(INCOMING + "/" + id).json();
  }

  private void assertAdded(String id) {
    var done = awaited(id, "DONE");
    var added = registry.find(done.path("modelId").asString());
    assertThat(registry.file(added)).hasBinaryContent(model);
  }

  @Test
  void anAdministratorFetchesAModel() {
    SERVER.content = model;

    var begun = administrator.post(INCOMING, Map.of("url", SERVER.url(), "name", "Fetched"));

    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    assertThat(begun.text()).doesNotContain("secret");
    var id = begun.json().path("id").asString();
    assertAdded(id);
    assertThat(registry.find("Fetched").licence()).isEmpty();
    assertThat(
            jdbc.sql(
                    "select subject_label from operations.audit_entry where action ="
                        + " 'model-fetch-started' and subject_id = ?::uuid and actor_id is not null")
                .param(id)
                .query(String.class)
                .single())
        .endsWith("/models/tiny.gguf");
    assertThat(administrator.delete(INCOMING + "/" + id).status()).isEqualTo(204);
    assertThat(administrator.get(INCOMING + "/" + id).code()).isEqualTo("incoming-model-not-found");
    assertThat(registry.find("Fetched").present()).isTrue();
  }

  @Test
  void whatCannotBeIsRefusedAtOnce() {
    assertThat(administrator.post(INCOMING, Map.of("url", "https://10.1.1.1/a.gguf")).code())
        .isEqualTo("fetch-address-refused");
    assertThat(administrator.post(INCOMING, Map.of("url", "ftp://a/b")).code())
        .isEqualTo("invalid-input");
    assertThat(administrator.post(INCOMING, Map.of("url", SERVER.url(), "sha256", "abc")).code())
        .isEqualTo("invalid-input");
  }

  @Test
  void membersMayNot() {
    var member = cast.member("mona");
    var id = UUID.randomUUID();

    assertThat(member.get(INCOMING).code()).isEqualTo("not-allowed");
    assertThat(member.post(INCOMING, Map.of("url", SERVER.url())).code()).isEqualTo("not-allowed");
    assertThat(member.delete(INCOMING + "/" + id).code()).isEqualTo("not-allowed");
    assertThat(send(member, "POST", UPLOADS, new byte[0], length(100)).code())
        .isEqualTo("not-allowed");
    assertThat(send(member, "PATCH", UPLOADS + "/" + id, model, offset(0)).code())
        .isEqualTo("not-allowed");
  }

  private static ApiClient.Answer send(
      ApiClient client, String method, String path, byte[] body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.putIfAbsent("Tus-Resumable", "1.0.0");
    return client.sendBytes(method, path, body, all);
  }

  private ApiClient.Answer send(
      String method, String path, byte[] body, Map<String, String> headers) {
    return send(administrator, method, path, body, headers);
  }

  private static Map<String, String> length(long bytes) {
    var name = Base64.getEncoder().encodeToString("große.gguf".getBytes(StandardCharsets.UTF_8));
    return Map.of("Upload-Length", "" + bytes, "Upload-Metadata", "filename " + name);
  }

  private static Map<String, String> offset(long offset) {
    return Map.of("Upload-Offset", "" + offset, "Content-Type", "application/offset+octet-stream");
  }

  private String begun() {
    var begun = send("POST", UPLOADS, new byte[0], length(model.length));
    assertThat(begun.status()).as(begun.text()).isEqualTo(201);
    assertThat(begun.header("Upload-Expires")).endsWith("GMT");
    return begun.header("Location");
  }

  private long received(String location) {
    var head = send("HEAD", location, new byte[0], Map.of());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Upload-Length")).isEqualTo("" + model.length);
    assertThat(head.header("Cache-Control")).contains("no-store");
    return Long.parseLong(head.header("Upload-Offset"));
  }

  private static String id(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** Begins to send a piece and no more than so many bytes of it. */
  private Socket sendPart(String location, int from, int bytes) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), cast.port());
    var head =
        """
        PATCH %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Tus-Resumable: 1.0.0\r
        Content-Type: application/offset+octet-stream\r
        Upload-Offset: %d\r
        Content-Length: %d\r
        \r
        """
            .formatted(location, key, from, model.length - from);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(model, from, bytes);
    out.flush();
    return socket;
  }

  @Test
  void anUploadThatBrokeOffGoesOnAndTheFileIsTheSame() throws IOException {
    var location = begun();
    assertThat(received(location)).isZero();

    sendPart(location, 0, 100_000).close();
    await().until(() -> received(location) == 100_000);
    sendPart(location, 100_000, 1).close();
    await().until(() -> received(location) == 100_001);
    var wrong = send("PATCH", location, model, offset(0));
    assertThat(wrong.code()).isEqualTo("upload-offset-differs");
    assertThat(wrong.json().path("offset").asLong()).isEqualTo(100_001);
    var listed = administrator.get(INCOMING + "/" + id(location)).json();
    assertThat(listed.path("state").asString()).isEqualTo("RECEIVING");
    assertThat(listed.path("receivedBytes").asLong()).isEqualTo(100_001);
    assertThat(listed.path("fileName").asString()).isEqualTo("große.gguf");

    var rest = Arrays.copyOfRange(model, 100_001, model.length);
    var last = send("PATCH", location, rest, offset(100_001));

    assertThat(last.status()).as(last.text()).isEqualTo(204);
    assertThat(last.header("Upload-Offset")).isEqualTo("" + model.length);
    assertAdded(id(location));
    assertThat(received(location)).isEqualTo(model.length);
  }

  @Test
  void aConnectionThatHangsDoesNotKeepTheNextFromGoingOn() throws IOException {
    var location = begun();
    try (var hanging = sendPart(location, 0, 50_000)) {
      await().until(() -> received(location) == 50_000);

      var rest = Arrays.copyOfRange(model, 50_000, model.length - 10);
      assertThat(send("PATCH", location, rest, offset(50_000)).status()).isEqualTo(204);
      var wrong = new byte[model.length - 50_000]; // the hanging one wakes up and sends nonsense
      hanging.getOutputStream().write(wrong);
      hanging.getOutputStream().flush();
      var answer = new String(hanging.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(answer).isEqualTo("HTTP/1.1 409");

      var end = Arrays.copyOfRange(model, model.length - 10, model.length);
      assertThat(send("PATCH", location, end, offset(model.length - 10)).status()).isEqualTo(204);
    }
    assertAdded(id(location));
  }

  @Test
  void whatIsNoModelIsRefusedAtItsFirstBytes() {
    var location = begun();

    var refused = send("PATCH", location, new byte[1000], offset(0));

    assertThat(refused.code()).isEqualTo("not-gguf");
    assertThat(awaited(id(location), "FAILED").path("problem").path("code").asString())
        .isEqualTo("not-gguf");
    assertThat(send("HEAD", location, new byte[0], Map.of()).status()).isEqualTo(404);
    assertThat(administrator.delete(INCOMING + "/" + id(location)).status()).isEqualTo(204);
  }

  @Test
  void aPartOfAModelIsRefusedWithAdvice() {
    var name = "tiny-00001-of-00002.gguf".getBytes(StandardCharsets.UTF_8);
    var headers =
        Map.of(
            "Upload-Length",
            "1000",
            "Upload-Metadata",
            "filename " + Base64.getEncoder().encodeToString(name));

    var upload = send("POST", UPLOADS, new byte[0], headers);
    var second =
        administrator.post(
            INCOMING, Map.of("url", "http://" + SERVER.host() + "/tiny-00002-of-00002.gguf?key=s"));

    assertThat(upload.code()).isEqualTo("part-of-model");
    assertThat(upload.text()).contains("./witan model join");
    assertThat(second.code()).isEqualTo("part-of-model");
    assertThat(second.text()).contains("/tiny-00001-of-00002.gguf,").doesNotContain("key=s");
  }

  @Test
  void morethanWasAnnouncedIsRefused() {
    var location = begun();

    var longer = Arrays.copyOf(model, model.length + 1);
    var refused = send("PATCH", location, longer, offset(0));

    assertThat(refused.code()).isEqualTo("invalid-input");
    assertThat(administrator.get(INCOMING + "/" + id(location)).json().path("state").asString())
        .isEqualTo("RECEIVING");
    assertThat(send("DELETE", location, new byte[0], Map.of()).status()).isEqualTo(204);
    assertThat(send("HEAD", location, new byte[0], Map.of()).status()).isEqualTo(404);
    assertThat(folder.resolve("models/incoming/" + id(location) + ".part")).doesNotExist();
  }

  @Test
  void saysWhatItCanDoAndKeepsToIt() {
    var options = send("OPTIONS", UPLOADS, new byte[0], Map.of());
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Tus-Version")).isEqualTo("1.0.0");
    assertThat(options.header("Tus-Max-Size")).isEqualTo("104857600");
    assertThat(send("POST", UPLOADS, new byte[0], length(200_000_000)).code())
        .isEqualTo("model-file-too-large");
    assertThat(send("POST", UPLOADS, new byte[0], Map.of("Upload-Length", "1000")).code())
        .isEqualTo("invalid-input");
    assertThat(send("POST", UPLOADS, new byte[0], Map.of()).code()).isEqualTo("invalid-input");
    var version = new HashMap<>(length(1000));
    version.put("Tus-Resumable", "0.2.0");
    var other = send("POST", UPLOADS, new byte[0], version);
    assertThat(other.status()).isEqualTo(412);
    assertThat(other.header("Tus-Version")).isEqualTo("1.0.0");
  }

  @Test
  void theNpmClientUploadsAndResumes() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(Path.of("frontend/node_modules/tus-js-client")),
        "the front end's packages are not installed (frontend.skip)");
    var file = Files.write(folder.resolve("npm.gguf"), model);
    var log = Files.createDirectories(Path.of("target")).resolve("tus-client.log");
    var builder = new ProcessBuilder("node", "e2e/tus-client.mjs");
    builder.directory(Path.of("frontend").toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("BASE", "http://127.0.0.1:" + cast.port());
    builder.environment().put("KEY", key);
    builder.environment().put("FILE", file.toString());

    var process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();

    var told = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    assertThat(told).contains("interrupted at");
    assertAdded(id(told.lines().reduce((first, second) -> second).orElseThrow().strip()));
  }
}
