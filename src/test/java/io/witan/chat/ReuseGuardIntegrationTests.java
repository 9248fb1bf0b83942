package io.witan.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.Cast;
import io.witan.WholeApplication;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Generators;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@WholeApplication
@Import(ReuseGuardIntegrationTests.Counted.class)
class ReuseGuardIntegrationTests {
  private final Cast cast;
  private final Forgetting generators;

  ReuseGuardIntegrationTests(
      @Autowired ApplicationContext context, @Autowired Forgetting generators) {
    this.cast = Cast.of(context);
    this.generators = generators;
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
}
