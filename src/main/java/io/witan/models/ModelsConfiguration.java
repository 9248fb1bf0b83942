package io.witan.models;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelSettings.class)
class ModelsConfiguration {
  @Bean
  Embedders embedders(ModelSettings settings) {
    return Embedders.load(settings);
  }

  @Bean
  WarmUp warmUp(Embedders embedders) {
    return new WarmUp(embedders);
  }

  /** Reads the models once the product answers, so that the first question need not wait. */
  static final class WarmUp implements AutoCloseable {
    private final Embedders embedders;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    WarmUp(Embedders embedders) {
      this.embedders = embedders;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
      thread = Thread.ofPlatform().name("embedder-warm-up").daemon().start(this::embedOnce);
    }

    private void embedOnce() {
      for (var embedder : embedders.all()) {
        if (stopping) {
          return;
        }
        embedder.embedQuery("warm up");
      }
    }

    /** The models are closed after this: they must not be in use. */
    @Override
    public void close() throws InterruptedException {
      stopping = true;
      var started = thread;
      if (started != null) {
        started.join();
      }
    }
  }
}
