package io.witan.models.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.engine.SyntheticModels;
import io.witan.identity.PersonId;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.intake.IncomingModels;
import io.witan.models.intake.IncomingNotFound;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.NoRoomForModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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

class ModelUploadsIntegrationTests {
  private static final PersonId ADA = new PersonId(UUID.randomUUID());
  private static final Wanted TINY = new Wanted("Tiny", null);

  @TempDir private Path folder;
  private final Database database = TestDatabase.freshDatabase();
  private byte[] model;
  private AnnotationConfigApplicationContext services;
  private ModelUploads uploads;
  private IncomingModels incoming;

  @BeforeEach
  void start() throws IOException {
    var file = folder.resolve("given.gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", 1);
    model = Files.readAllBytes(file);
    open(Map.of());
  }

  @AfterEach
  void stop() {
    services.close();
  }

  /** What a server that starts does. */
  private void open(Map<String, Object> settings) {
    DataSource source =
        new DriverManagerDataSource(database.appUrl(), database.user(), database.password());
    var all = new HashMap<String, Object>(settings);
    all.put("witan.data", folder.resolve("state").toString());
    services = new AnnotationConfigApplicationContext();
    services.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
    services.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(source));
    services.registerBean(Clock.class, Clock::systemUTC);
    services.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
    services.scan(
        "io.witan.models.registry",
        "io.witan.models.network",
        "io.witan.models.fetch",
        "io.witan.models.intake",
        "io.witan.models.upload");
    services.refresh();
    uploads = services.getBean(ModelUploads.class);
    incoming = services.getBean(IncomingModels.class);
  }

  private InputStream piece(int from, int to) {
    return new ByteArrayInputStream(Arrays.copyOfRange(model, from, to));
  }

  /** A connection that breaks after these bytes. */
  private InputStream broken(int from, int to) {
    return new SequenceInputStream(
        piece(from, to),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset by peer");
          }
        });
  }

  @Test
  void whatCameBeforeAConnectionBrokeIsThereAfterARestart() throws IOException {
    var id = uploads.begin(ADA, "a.gguf", TINY, model.length).id();
    assertThatThrownBy(() -> uploads.append(id, 0, broken(0, 70_000)))
        .isInstanceOf(UploadBrokeOff.class);
    services.close();
    open(Map.of());
    assertThat(uploads.position(id).offset()).isEqualTo(70_000);

    var end = uploads.append(id, 70_000, piece(70_000, model.length));

    assertThat(end.offset()).isEqualTo(model.length);
    await().atMost(Duration.ofSeconds(30)).until(() -> incoming.find(id).state() == State.DONE);
    var registry = services.getBean(ModelRegistry.class);
    assertThat(registry.file(registry.find("Tiny"))).hasBinaryContent(model);
  }

  @Test
  void anUploadThatWasGivenUpTakesNoMore() throws IOException {
    var id = uploads.begin(ADA, "a.gguf", TINY, model.length).id();
    uploads.append(id, 0, piece(0, 1000));

    uploads.discard(ADA, id);

    assertThatThrownBy(() -> uploads.append(id, 1000, piece(1000, 2000)))
        .isInstanceOf(IncomingNotFound.class);
    assertThat(folder.resolve("state/models/incoming/" + id + ".part")).doesNotExist();
  }

  @Test
  void needsRoomForTheWholeFileBeforeItBegins() {
    services.close();
    open(Map.of("witan.models.incoming.keep-free", "1000TB"));

    assertThatThrownBy(() -> uploads.begin(ADA, "a.gguf", TINY, model.length))
        .isInstanceOf(NoRoomForModel.class);
    assertThat(incoming.all()).isEmpty();
  }

  @Test
  void readsMetadataAsTheProtocolWritesThem() {
    var metadata = UploadMetadata.of("filename Li4vw6QuZ2d1Zg==,name VGlueQ==, empty");

    assertThat(metadata.fileName()).isEqualTo("..ä.gguf");
    assertThat(metadata.wanted()).isEqualTo(new Wanted("Tiny", null));
    assertThatThrownBy(() -> UploadMetadata.of("filename %%%"))
        .hasMessageContaining("Upload-Metadata");
    assertThatThrownBy(() -> UploadMetadata.of(null).fileName()).hasMessageContaining("filename");
  }
}
