package io.witan.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.witan.Cast;
import io.witan.WholeApplication;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Generators;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@WholeApplication
@Import(ReuseGuardIntegrationTests.Counted.class)
class ReuseGuardIntegrationTests {
  private final Cast cast;
  private final Forgetting generators;
  private final ReuseNews news;
  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  ReuseGuardIntegrationTests(
      @Autowired ApplicationContext context, @Autowired Forgetting generators) {
    this.cast = Cast.of(context);
    this.generators = generators;
    this.news = context.getBean(ReuseNews.class);
    this.dataSource = context.getBean(DataSource.class);
    this.jdbc = context.getBean(JdbcClient.class);
    this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Counted {
    @Bean
    @Primary
    Forgetting forgetting() {
      return new Forgetting();
    }
  }

  static final class Forgetting implements Generators {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public Optional<Generator> active() {
      return Optional.empty();
    }

    @Override
    public void forgetPrivate() {
      times.incrementAndGet();
    }
  }

  @Test
  void forgetsWhenADocumentGoes() {
    var admin = cast.administrator();
    var id =
        admin.post("/api/v1/collections", Map.of("name", "Papers")).json().path("id").asString();
    var documents = "/api/v1/collections/" + id + "/documents";
    var uploaded = admin.upload(documents, "leave.txt", "Leave is generous here.".getBytes(UTF_8));
    var document = uploaded.json().path("results").path(0).path("document").path("id").asString();
    assertThat(document).as(uploaded.text()).isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                admin
                    .get("/api/v1/documents/" + document)
                    .json()
                    .path("state")
                    .asString()
                    .equals("INDEXED"));
    int before = generators.times.get();

    assertThat(admin.delete("/api/v1/documents/" + document).status()).isEqualTo(204);

    await().atMost(Duration.ofSeconds(20)).until(() -> generators.times.get() > before);
  }

  @Test
  void forgetsWhenSomebodyMayNoLongerSignInOrLeavesAGroup() {
    var admin = cast.administrator();
    cast.member("reuse-leaver");
    var person = cast.id("reuse-leaver");
    var group =
        admin.post("/api/v1/groups", Map.of("name", "Leavers")).json().path("id").asString();
    var members = "/api/v1/groups/" + group + "/members";
    assertThat(admin.put(members, Map.of("personIds", List.of(person))).status()).isEqualTo(200);
    int before = generators.times.get();

    assertThat(admin.put(members, Map.of("personIds", List.of())).status()).isEqualTo(200);
    assertThat(generators.times.get()).isGreaterThan(before);
    int afterGroup = generators.times.get();

    var off = admin.send("PATCH", "/api/v1/people/" + person, Map.of("active", false), Map.of());
    assertThat(off.status()).as(off.text()).isEqualTo(200);
    assertThat(generators.times.get()).isGreaterThan(afterGroup);
  }

  @Test
  void forgetsNothingWhenNobodysReadingChanges() {
    var admin = cast.administrator();
    int before = generators.times.get();

    assertThat(admin.post("/api/v1/conversations", Map.of()).status()).isEqualTo(201);

    assertThat(generators.times.get()).isEqualTo(before);
  }

  @Test
  void forgetsWhenAPermissionChangesOrACollectionOrAGroup() {
    var admin = cast.administrator();
    var id =
        admin.post("/api/v1/collections", Map.of("name", "Reused")).json().path("id").asString();
    int before = generators.times.get();

    var manager = Map.of("kind", "PERSON", "id", cast.id("ada"));
    var changed =
        admin.put(
            "/api/v1/collections/" + id + "/permissions",
            Map.of(
                "items",
                List.of(
                    Map.of("grantee", manager, "access", "MANAGE"),
                    Map.of("grantee", Map.of("kind", "EVERYONE"), "access", "READ"))));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(generators.times.get()).isGreaterThan(before);
    int afterPermissions = generators.times.get();

    admin.post("/api/v1/groups", Map.of("name", "Reusers"));
    assertThat(generators.times.get()).isGreaterThan(afterPermissions);
    int afterGroup = generators.times.get();

    assertThat(admin.delete("/api/v1/collections/" + id).status()).isEqualTo(204);
    assertThat(generators.times.get()).isGreaterThan(afterGroup);
  }

  /** Another process of the same database, as far as this is concerned. */
  private ReuseNews another(Generators its) {
    var other = new ReuseNews(dataSource, jdbc, its);
    other.start();
    await().atMost(Duration.ofSeconds(20)).until(other::isListening);
    return other;
  }

  @Test
  void otherProcessesForgetWhatThisOneHasChanged() {
    var admin = cast.administrator();
    var theirs = new Forgetting();
    var other = another(theirs);
    try {
      admin.post("/api/v1/groups", Map.of("name", "Heard elsewhere"));

      await().atMost(Duration.ofSeconds(10)).until(() -> theirs.times.get() > 0);
    } finally {
      other.stop();
    }
  }

  @Test
  void thisProcessForgetsWhatAnotherOneHasChangedOnceThatIsCommitted() {
    await().atMost(Duration.ofSeconds(20)).until(news::isListening);
    var other = another(new Forgetting());
    try {
      int before = generators.times.get();
      transaction.executeWithoutResult(
          status -> {
            other.tell();
            status.setRollbackOnly();
          });
      other.tell();

      await().atMost(Duration.ofSeconds(10)).until(() -> generators.times.get() > before);
      assertThat(generators.times.get()).as("what was rolled back").isEqualTo(before + 1);
    } finally {
      other.stop();
    }
  }

  /** Keeps hold of the connection that it gave last. */
  private static final class Held extends DelegatingDataSource {
    private volatile @Nullable Connection last;

    private Held(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      last = connection;
      return connection;
    }
  }

  @Test
  void whatWasSaidWhileTheConnectionWasLostCountsAsHeard() throws SQLException {
    var theirs = new Forgetting();
    var held = new Held(dataSource);
    var other = new ReuseNews(held, jdbc, theirs);
    other.start();
    try {
      await().atMost(Duration.ofSeconds(20)).until(other::isListening);
      var first = Objects.requireNonNull(held.last);

      first.abort(Runnable::run);

      await().atMost(Duration.ofSeconds(20)).until(() -> theirs.times.get() > 0);
      assertThat(held.last).isNotSameAs(first);
      assertThat(other.isListening()).isTrue();
    } finally {
      other.stop();
    }
  }
}
