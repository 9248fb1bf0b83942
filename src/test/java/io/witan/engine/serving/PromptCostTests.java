package io.witan.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many rows of prompts a step takes while others are being answered. */
class PromptCostTests {
  private static final Duration TARGET = Duration.ofMillis(500);
  private static final int MOST = 256;
  private final Meters meters = new Meters();

  /** A mixture of 1.37 billion weights on two cores took this long. */
  @Test
  void stepsStayLargeWhereUnpackingTheWeightsTakesAsLongAsTheTarget() {
    read(MOST, 0.45, 0.0043);

    int rows = readBesideOthers(30, 0.45, 0.0043);

    assertThat(rows).isBetween(88, 104);
  }

  @Test
  void stepsEndInTimeWhereOnlyRowsCost() {
    read(MOST, 0, 0.004);

    assertThat(readBesideOthers(30, 0, 0.004)).isEqualTo(120);
  }

  @Test
  void stepsEndInTimeWhereTheTargetLeavesRoomBesideTheWeights() {
    read(MOST, 0.1, 0.002);

    assertThat(readBesideOthers(30, 0.1, 0.002)).isBetween(184, 200);
  }

  @Test
  void noiseDoesNotLeadToTinySteps() {
    var random = new Random(1);
    read(MOST, 0.45, 0.0043);
    for (int i = 0; i < 200; i++) {
      int rows = meters.promptRowsWithin(TARGET, MOST);
      read(rows, 0.45, 0.0043 * (0.8 + 0.4 * random.nextDouble()));
      assertThat(rows).as("step %d", i).isGreaterThanOrEqualTo(i < 5 ? 16 : 48);
    }
  }

  @Test
  void stepsGrowAgainWhenTheMachineIsFreeAgain() {
    read(MOST, 0.1, 0.002);
    int slow = readBesideOthers(50, 0.1, 0.02);

    int fast = readBesideOthers(80, 0.1, 0.002);

    assertThat(slow).isLessThanOrEqualTo(24);
    assertThat(fast).isBetween(160, 208);
  }

  private int readBesideOthers(int steps, double fixed, double row) {
    for (int i = 0; i < steps; i++) {
      read(meters.promptRowsWithin(TARGET, MOST), fixed, row);
    }
    return meters.promptRowsWithin(TARGET, MOST);
  }

  private void read(int rows, double fixed, double row) {
    meters.step(rows, 0, 1, Math.round((fixed + row * rows) * 1e9));
  }
}
