package io.witan.chat.conversations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.chat.*}.
 *
 * @param concurrentAnswers answers that may be in the making at a time, of all people together
 * @param heartbeat how often a waiting stream sends a comment, which also shows whether the client
 *     is still there
 */
@ConfigurationProperties("witan.chat")
record ChatSettings(
    @DefaultValue("32") int concurrentAnswers, @DefaultValue("15s") Duration heartbeat) {

  ChatSettings {
    if (concurrentAnswers < 1 || concurrentAnswers > 10_000) {
      throw new IllegalArgumentException(
          "witan.chat.concurrent-answers must be 1 to 10000, not " + concurrentAnswers);
    }
    if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "witan.chat.heartbeat must be at least 1s, not " + heartbeat);
    }
  }
}
