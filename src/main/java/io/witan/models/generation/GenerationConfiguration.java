package io.witan.models.generation;

import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GenerationConfiguration {
  /** Quotes only. */
  @Bean
  Generators generators() {
    return Optional::empty;
  }
}
