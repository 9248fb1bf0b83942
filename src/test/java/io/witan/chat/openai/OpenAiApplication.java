package io.witan.chat.openai;

import io.witan.WholeApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Everything, with a scripted generator in the place of a model. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WholeApplication
@Import(OpenAiApplication.Script.class)
@interface OpenAiApplication {

  /** The generator that tests share. */
  @TestConfiguration(proxyBeanMethods = false)
  class Script {
    @Bean
    @Primary
    ScriptedGenerator scriptedGenerator() {
      return new ScriptedGenerator();
    }
  }
}
