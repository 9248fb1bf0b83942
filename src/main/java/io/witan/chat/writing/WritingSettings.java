package io.witan.chat.writing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.chat.*} of answers that a model writes.
 *
 * @param firstTokenTarget in which an answer should begin: a model that reads slowly is given less
 *     to read
 * @param contextTokens of prompt and answer together at most; less if the model has less
 * @param answerTokens that an answer may have
 * @param longestAnswer how long an answer may take, waiting included
 */
@ConfigurationProperties("witan.chat")
record WritingSettings(
    @DefaultValue("10s") Duration firstTokenTarget,
    @DefaultValue("32768") int contextTokens,
    @DefaultValue("1024") int answerTokens,
    @DefaultValue("5m") Duration longestAnswer) {

  /** Reads and writes however long it takes, as the settings are otherwise. */
  static final WritingSettings PATIENT =
      new WritingSettings(Duration.ofHours(1), 32_768, 1_024, Duration.ofHours(1));

  WritingSettings {
    check(firstTokenTarget.toMillis() >= 100, "first-token-target", "at least 100ms");
    check(contextTokens >= 512, "context-tokens", "at least 512");
    check(answerTokens >= 16, "answer-tokens", "at least 16");
    check(longestAnswer.toSeconds() >= 1, "longest-answer", "at least 1s");
  }

  private static void check(boolean holds, String name, String least) {
    if (!holds) {
      throw new IllegalArgumentException("witan.chat.%s must be %s".formatted(name, least));
    }
  }
}
