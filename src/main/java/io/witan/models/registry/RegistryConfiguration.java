package io.witan.models.registry;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the files of models lie. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {
  /** In the state directory, unless {@code witan.models.directory} names another place. */
  @Bean
  ModelStore modelStore(@Value("${witan.models.directory:${witan.data:var}/models}") Path path) {
    return new ModelStore(path);
  }
}
