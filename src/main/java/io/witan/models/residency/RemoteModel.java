package io.witan.models.residency;

import io.witan.engine.serving.ServingStatistics;
import io.witan.models.springai.ChatModelGenerator;
import java.time.Duration;

/** A remote generator while it answers: nothing of it is in memory but what waits for it. */
record RemoteModel(KnownModel known, ChatModelGenerator generator) implements AnsweringModel {
  @Override
  public boolean hasDied() {
    return false;
  }

  @Override
  public double generatedTokensPerSecond() {
    return 0;
  }

  @Override
  public ServingStatistics statistics() {
    return generator.statistics();
  }

  @Override
  public void forget(String key) {}

  @Override
  public void forgetPrivate() {}

  @Override
  public void retire() {
    generator.retire();
  }

  @Override
  public void close(Duration grace) {
    generator.close();
  }
}
