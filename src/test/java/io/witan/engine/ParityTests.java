package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.witan.engine.backend.KvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the engine to what llama.cpp and a float64 implementation computed. */
class ParityTests {
  private static final Path FOLDER =
      Path.of(System.getProperty("witan.shared", "../shared"), "engine-fixtures");

  /** Rounding of the peer's half-float cache, as its own float64 check found it. */
  private static final double HALF_CACHE_TOLERANCE = 0.03;

  /** Rounding of the peer's table of GELU: its own float64 check found up to 9.1e-3. */
  private static final double GELU_TABLE_TOLERANCE = 0.02;

  static List<ParityCase> cases() {
    return Files.exists(FOLDER.resolve("index.json")) ? ParityCase.all(FOLDER) : List.of();
  }

  static List<ParityCase> float32Cases() {
    return cases().stream().filter(ParityCase::isFloat32).toList();
  }

  static List<ParityCase> exactCases() {
    return cases().stream().filter(ParityCase::hasExactLogits).toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("float32Cases")
  void float32LogitsAreThoseOfThePeer(ParityCase fixture) throws IOException {
    for (String backend : List.of("cpu-scalar", "cpu")) {
      try (var model = fixture.load(options(fixture).withBackend(backend));
          var session = model.newSession()) {
        float[][] logits = session.appendForAllLogits(fixture.tokens());

        assertThat(largestDifference(logits, fixture.rows(), fixture.floats(fixture.logits())))
            .as(backend)
            .isLessThan(toleranceOf(fixture));
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exactCases")
  void logitsAreThoseOfUnquantizedActivations(ParityCase fixture) throws IOException {
    for (String backend : List.of("cpu-scalar", "cpu")) {
      try (var model = fixture.load(options(fixture).withBackend(backend));
          var session = model.newSession()) {
        session.append(fixture.tokens());

        float[][] logits = {session.logits()};
        assertThat(largestDifference(logits, 1, fixture.floats(fixture.exactLogits())))
            .as(backend)
            .isLessThan(2e-3);
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exactCases")
  void logitsAreTheSameTokenByToken(ParityCase fixture) throws IOException {
    try (var model = fixture.load(options(fixture));
        var session = model.newSession()) {
      for (int token : fixture.tokens()) {
        session.advance(token);
      }

      float[][] logits = {session.logits()};
      assertThat(largestDifference(logits, 1, fixture.floats(fixture.exactLogits())))
          .isLessThan(2e-3);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("cases")
  void greedyTokensAreThoseOfThePeerWhereItsMarginAllows(ParityCase fixture) {
    double tolerance =
        fixture.isFloat32()
            ? fixture.hasFloatCache() && !fixture.hasRoughPeer() ? 1e-3 : 0.05
            : 0.6;
    int compared = 0;
    try (var model = fixture.load(options(fixture));
        var session = model.newSession()) {
      session.append(fixture.tokens());
      for (int i = 0; i < fixture.greedy().length; i++) {
        if (fixture.margins()[i] < tolerance) {
          break;
        }
        assertThat(likeliest(session.logits())).as("token %d", i).isEqualTo(fixture.greedy()[i]);
        compared++;
        session.advance(fixture.greedy()[i]);
      }
    }
    assumeThat(compared).as("the first margin is below the tolerance").isPositive();
  }

  private static double toleranceOf(ParityCase fixture) {
    double peer = fixture.hasRoughPeer() ? GELU_TABLE_TOLERANCE : 1e-4;
    return fixture.hasFloatCache() ? peer : Math.max(peer, HALF_CACHE_TOLERANCE);
  }

  private static EngineOptions options(ParityCase fixture) {
    return EngineOptions.defaults()
        .withThreads(2)
        .withKvFormat(fixture.hasFloatCache() ? KvFormat.F32 : KvFormat.F16);
  }

  /** Of the last {@code rows} rows. */
  private static double largestDifference(float[][] logits, int rows, float[] expected) {
    int width = expected.length / rows;
    double largest = 0;
    for (int row = 0; row < rows; row++) {
      float[] own = logits[logits.length - rows + row];
      assertThat(own).hasSize(width);
      for (int i = 0; i < width; i++) {
        double difference = Math.abs((double) own[i] - expected[row * width + i]);
        largest =
            Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      }
    }
    return largest;
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
