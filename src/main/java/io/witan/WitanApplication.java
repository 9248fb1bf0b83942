package io.witan;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The Spring application that {@code witan serve} runs: every module below this package. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WitanApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
