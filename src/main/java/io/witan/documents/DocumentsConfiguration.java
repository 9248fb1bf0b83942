package io.witan.documents;

import io.witan.documents.extraction.ExtractionLimits;
import io.witan.documents.extraction.ExtractionWorkers;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the extraction workers under the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocumentSettings.class)
class DocumentsConfiguration {
  private static final Duration IDLE_WORKER = Duration.ofMinutes(2);

  @Bean
  ExtractionWorkers extractionWorkers(DocumentSettings settings, Clock clock) {
    var limits =
        ExtractionLimits.defaults()
            .withTimeout(settings.extractionTimeout())
            .withHeapBytes(settings.extractionHeap().toBytes());
    return new ExtractionWorkers(limits, settings.extractionWorkers(), IDLE_WORKER, clock);
  }
}
