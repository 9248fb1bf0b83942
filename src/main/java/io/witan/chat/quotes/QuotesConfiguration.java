package io.witan.chat.quotes;

import io.witan.models.Embedders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the quote writer the installation's embedders. */
@Configuration(proxyBeanMethods = false)
class QuotesConfiguration {

  @Bean
  QuoteWriter quoteWriter(Embedders embedders) {
    return new QuoteWriter(embedders::forLanguage);
  }
}
