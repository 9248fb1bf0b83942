package io.witan.retrieval;

import io.witan.retrieval.terms.TermAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RetrievalConfiguration {
  @Bean
  TermAnalyzer termAnalyzer() {
    return new TermAnalyzer();
  }
}
