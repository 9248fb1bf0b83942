package io.witan.models.fetch;

import okhttp3.Dns;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FetchSettings.class)
class FetchConfiguration {
  @Bean
  Fetcher fetcher(FetchSettings settings, FetchTokens tokens) {
    return new Fetcher(settings, Dns.SYSTEM, tokens::find);
  }
}
