package io.witan;

import java.time.Clock;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The Spring application: every module below this package. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WitanApplication {

  WitanApplication() {}

  /** Starts the server with these properties, which overrule files and environment. */
  public static ConfigurableApplicationContext run(Map<String, Object> properties) {
    return start(WebApplicationType.SERVLET, properties);
  }

  /** Starts everything but the web server, for commands that need the product's services. */
  public static ConfigurableApplicationContext runWithoutWeb(Map<String, Object> properties) {
    return start(WebApplicationType.NONE, properties);
  }

  private static ConfigurableApplicationContext start(
      WebApplicationType type, Map<String, Object> properties) {
    var arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    return new SpringApplicationBuilder(WitanApplication.class).web(type).run(arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
