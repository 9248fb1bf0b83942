package io.witan.documents.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WitanApplication;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.documents.DocumentsApplication;
import io.witan.documents.library.DocumentRows;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What becomes of connections that are quiet, slow or dead. */
@DocumentsApplication
class LiveConnectionsIntegrationTests {
  private static final String EVENTS = "/api/v1/documents/events";
  private static final Duration SOON = Duration.ofSeconds(10);

  @Autowired ApplicationContext context;
  @Autowired DocumentNews news;
  @Autowired ScopedTransactions transactions;
  @Autowired DocumentRows rows;
  @Autowired CollectionCatalogue catalogue;

  private ApiClient lia;
  private AccessScope scope;

  @BeforeEach
  void nobodyWatches() {
    lia = Cast.of(context).member("lia");
    scope = AccessScope.of(new PersonId(UUID.fromString(Cast.of(context).id("lia"))), false);
    await().atMost(SOON).until(() -> news.watchers() == 0);
  }

  @Test
  void givesSignsOfLifeWhileNothingHappens() {
    try (var stream = lia.listen(EVENTS)) {
      assertThat(stream.heard(":heartbeat", SOON)).isTrue();
      assertThat(stream.text()).doesNotContain("event:");
    }
  }

  @Test
  void forgetsAClientThatIsGoneAndServesTheNextOne() {
    try (var first = lia.listen(EVENTS)) {
      assertThat(first.heard(":listening", SOON)).isTrue();
      assertThat(news.watchers()).isEqualTo(1);
    }
    await().atMost(SOON).until(() -> news.watchers() == 0);
    await().atMost(SOON).until(() -> !news.isListening());

    try (var second = lia.listen(EVENTS)) {
      assertThat(second.heard(":listening", SOON)).isTrue();
      var id = upload("after-the-gap.txt");
      assertThat(second.heard(id, SOON)).isTrue();
    }
  }

  @Test
  void isHeldUpByNobodyWhoReadsSlowly() {
    var stuck = new Stuck();
    news.watch(scope, stuck);
    try (var quick = lia.listen(EVENTS)) {
      assertThat(quick.heard(":listening", SOON)).isTrue();
      var id = upload("past-the-slow-one.txt");

      assertThat(quick.heard(id, SOON)).isTrue();
      assertThat(news.watchers()).isEqualTo(2);
    } finally {
      stuck.breakOff();
    }
    // the next news finds out that it is gone
    try (var quick = lia.listen(EVENTS)) {
      assertThat(quick.heard(":listening", SOON)).isTrue();
      upload("and-gone.txt");
      await().atMost(SOON).until(() -> news.watchers() == 1);
    }
  }

  @Test
  void letsGoOfWhoIsTooSlowForTheBound() {
    var stuck = new Stuck();
    var watcher = new Watcher(scope, stuck, transactions, rows, catalogue, Duration.ofMinutes(1));
    var document = UUID.randomUUID();

    for (int i = 0; i < 3 * Watcher.MAX_WAITING; i++) {
      assertThat(watcher.offer(new News.Changed(document))).isTrue(); // the same news waits once
    }
    for (int i = 1; i < Watcher.MAX_WAITING; i++) {
      assertThat(watcher.offer(new News.Changed(UUID.randomUUID()))).isTrue();
    }

    assertThat(watcher.offer(new News.Changed(UUID.randomUUID()))).isFalse();
  }

  @Test
  void letsTheServerStopAtOnceWhileSomebodyWatches() {
    var properties = new HashMap<String, Object>();
    for (var key : List.of("url", "user", "password")) {
      var name = "witan.database." + key;
      properties.put(name, context.getEnvironment().getRequiredProperty(name));
    }
    properties.put("server.port", 0);
    properties.put("server.address", "127.0.0.1");
    properties.put("witan.documents.indexing", false);
    var program = Cast.of(context).programOf(lia);
    var other = new SpringApplication(WitanApplication.class);
    other.addInitializers(
        started ->
            started
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("other", properties)));

    Instant asked;
    try (var running = other.run()) {
      int port = running.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      var stream = program.at(port).listen(EVENTS);
      assertThat(stream.heard(":listening", SOON)).isTrue();
      asked = Instant.now();
    }

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(12));
  }

  /** A client that reads nothing, so that what is sent to it waits. */
  private static final class Stuck extends SseEmitter {
    private final CountDownLatch broken = new CountDownLatch(1);

    @Override
    public void send(SseEventBuilder builder) throws IOException {
      try {
        broken.await();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("broken pipe");
    }

    void breakOff() {
      broken.countDown();
    }
  }

  private String upload(String name) {
    var made = lia.post("/api/v1/collections", Map.of("name", "Live " + name, "description", ""));
    var answer =
        lia.upload(
            "/api/v1/collections/" + made.json().path("id").asString() + "/documents",
            name,
            ("Somebody watches " + name).getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("results").get(0).path("document").path("id").asString();
  }
}
