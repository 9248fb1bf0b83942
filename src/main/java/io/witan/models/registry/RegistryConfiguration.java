package io.witan.models.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The model of the distribution: the file that {@code witan.models.bundled} names; else {@code
   * models/witan-mini.gguf} beside the program's jar or in the folder of the start script.
   */
  @Bean
  Distribution distribution(
      @Value("${witan.models.bundled:}") String file, @Value("${witan.home:}") String home) {
    if (!file.isBlank()) {
      return new Distribution(List.of(Path.of(file)));
    }
    var places = new ArrayList<Path>();
    var program = Path.of(System.getProperty("java.class.path", ""));
    if (program.toString().endsWith(".jar")) {
      places.add(program.toAbsolutePath().resolveSibling(Distribution.FILE));
    }
    if (!home.isBlank()) {
      places.add(Path.of(home).resolve(Distribution.FILE));
    }
    return new Distribution(places);
  }
}
