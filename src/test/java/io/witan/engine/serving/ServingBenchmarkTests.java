package io.witan.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingBenchmarkTests {
  @TempDir private static Path folder = Path.of(".");

  @Test
  void measuresStreamsTogetherAndTheSecondQuestionOverTheSameContext() {
    try (var served = ServedModel.load(ServedModel.write(folder), 40)) {
      var benchmark = new ServingBenchmark(served.model, 1);

      var alone = benchmark.streams(1, 64, 4);
      var together = benchmark.streams(3, 64, 4);
      var again = benchmark.again(1_000);

      assertThat(alone.lastFirstTokenMillis()).isEqualTo(alone.firstTokenMillis());
      assertThat(together.streams()).isEqualTo(3);
      assertThat(together.firstTokenMillis()).isPositive();
      assertThat(together.lastFirstTokenMillis())
          .isGreaterThanOrEqualTo(together.firstTokenMillis());
      assertThat(together.generatedPerSecond()).isPositive();
      assertThat(again.reusedTokens()).isEqualTo(1_000 / ServedModel.PAGE * ServedModel.PAGE);
      assertThat(again.secondQuestionMillis()).isLessThan(again.firstTokenMillis());
      assertThat(again.ratio()).isBetween(0.0, 1.0);
    }
  }
}
