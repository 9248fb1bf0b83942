package io.witan.models.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTests {
  private long now;
  private final Pace pace = new Pace(() -> now);

  private void afterSeconds(double seconds) {
    now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void saysNothingBeforeItKnows() {
    pace.mark(1000);
    assertThat(pace.bytesPerSecond()).isNull();
    assertThat(pace.secondsLeft(10)).isNull();
  }

  @Test
  void countsWhatCameLatelyNotWhatWasThere() {
    pace.mark(5_000_000);
    afterSeconds(2);
    pace.mark(5_002_000);

    assertThat(pace.bytesPerSecond()).isEqualTo(1000);
    assertThat(pace.secondsLeft(2500)).isEqualTo(3);
  }

  @Test
  void forgetsAfterASilence() {
    pace.mark(0);
    afterSeconds(1);
    pace.mark(1000);
    afterSeconds(11);

    assertThat(pace.bytesPerSecond()).isNull();
  }
}
