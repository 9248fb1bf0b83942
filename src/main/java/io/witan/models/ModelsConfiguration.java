package io.witan.models;

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
  static final class WarmUp {
    private final Embedders embedders;

    WarmUp(Embedders embedders) {
      this.embedders = embedders;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
      Thread.ofPlatform()
          .name("embedder-warm-up")
          .daemon()
          .start(() -> embedders.all().forEach(it -> it.embedQuery("warm up")));
    }
  }
}
