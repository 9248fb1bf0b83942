package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.joined;
import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.SamplingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that share steps get what they would get alone. */
class ContinuousBatchingTests {
  private static final int STREAMS = 64;

  @TempDir private static Path folder = Path.of(".");
  private static Path file = Path.of(".");

  @BeforeAll
  static void write() {
    file = ServedModel.write(folder);
  }

  /** A stream that may cancel itself when it has heard so many tokens. */
  private static final class Stream extends Recording {
    final int[] prompt;
    final int cancelAfter;
    volatile GenerationHandle handle;

    Stream(int[] prompt, int cancelAfter) {
      this.prompt = prompt;
      this.cancelAfter = cancelAfter;
      this.handle = new GenerationHandle(new java.util.concurrent.CompletableFuture<>(), () -> {});
    }

    @Override
    public void token(io.witan.engine.GeneratedToken token) {
      super.token(token);
      if (tokens.size() == cancelAfter) {
        handle.cancel();
      }
    }
  }

  @Test
  void sixtyFourStreamsHalfOfThemCancelledLeaveTheOthersAsTheyWereAlone() {
    int most = 14;
    int pages = 24;
    var random = new Random(5);
    int[] instructions = tokens(150, 1);
    try (var served = ServedModel.load(file, pages)) {
      var streams = new ArrayList<Stream>();
      var expected = new ArrayList<List<Integer>>();
      for (int i = 0; i < STREAMS; i++) {
        int[] own = tokens(5 + random.nextInt(150), 100 + i);
        int[] prompt = i % 3 == 0 ? own : joined(instructions, own);
        streams.add(new Stream(prompt, i % 2 == 0 ? -1 : random.nextInt(most)));
        expected.add(served.alone(prompt, most));
      }
      int mostTaken = 0;
      try (var server = served.serve(ServedModel.options().withRunning(16, 16))) {
        for (int i = 0; i < STREAMS; i++) {
          var stream = streams.get(i);
          String owner = "owner" + i % 7;
          var scope =
              i % 3 == 0
                  ? PrefixScope.ofPrivate(owner)
                  : new PrefixScope("assistant", instructions.length, owner);
          stream.handle = server.submit(request(stream.prompt, most, owner, scope), stream);
          if (stream.cancelAfter == 0) {
            stream.handle.cancel();
          }
        }
        while (server.statistics().running() + server.statistics().queued() > 0) {
          var now = server.statistics().pages();
          mostTaken = Math.max(mostTaken, now.used() + now.kept());
          Thread.onSpinWait();
        }

        for (int i = 0; i < STREAMS; i++) {
          var stream = streams.get(i);
          var result = resultOf(stream.handle);
          if (stream.cancelAfter < 0) {
            assertThat(stream.ids()).as("stream %d", i).isEqualTo(expected.get(i));
            assertThat(result.reason()).isIn(EndReason.LENGTH, EndReason.STOP);
            assertThat(result.usage().generated()).isEqualTo(stream.ids().size());
          } else {
            assertThat(expected.get(i).subList(0, stream.ids().size())).isEqualTo(stream.ids());
          }
        }
        var statistics = server.statistics();
        assertThat(statistics.counts().submitted()).isEqualTo(STREAMS);
        assertThat(statistics.counts().cancelled()).isPositive();
        assertThat(statistics.counts().failed()).isZero();
        assertThat(statistics.counts().reusedTokens()).isPositive();
        assertThat(statistics.batchSize()).isGreaterThan(2);
        assertThat(mostTaken).isPositive().isLessThanOrEqualTo(pages);
        assertThat(statistics.pages().used()).isZero();

        server.forget("assistant");
        for (int i = 0; i < 7; i++) {
          server.forget("owner" + i);
        }
        assertThat(server.statistics().pages()).isEqualTo(new ServingStatistics.Pages(0, 0, pages));
      }
      try (var all = served.model.newSession()) {
        all.reserve(pages * ServedModel.PAGE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40, 512})
  void promptsMayBeReadInPiecesOfAnySize(int rows) {
    int[] first = tokens(150, 1);
    int[] second = tokens(131, 2);
    try (var served = ServedModel.load(file, 40)) {
      var expected = List.of(served.alone(first, 20), served.alone(second, 20));
      try (var server =
          served.serve(ServedModel.options().withPromptRows(rows, ServedModel.LONG))) {
        var one = new Recording();
        var two = new Recording();
        var handle = server.submit(request(first, 20, "a"), one);
        Recording.until(() -> !one.reads.isEmpty());
        resultOf(server.submit(request(second, 20, "b"), two));
        resultOf(handle);

        assertThat(List.of(one.ids(), two.ids())).isEqualTo(expected);
        assertThat(one.reads).isSorted().endsWith(150);
      }
    }
  }

  @Test
  void textSeedsPenaltiesStopsAndLogProbabilitiesAreThoseOfASession() {
    int[] prompt = tokens(90, 3);
    var sampling = SamplingOptions.varied(42).withRepetitionPenalty(1.3f).withLogProbabilities(3);
    try (var served = ServedModel.load(file, 40)) {
      var whole = served.alone(prompt, sampling, 24);
      String text = String.join("", whole.stream().map(token -> token.text()).toList());
      var stopping = sampling.withStop(List.of(text.substring(20, 23)));
      var expected = served.alone(prompt, stopping, 24);
      try (var server = served.serve(ServedModel.options())) {
        for (var each : List.of(sampling, stopping)) {
          var heard = new Recording();
          var company = server.submit(request(tokens(70, 9), 40, "b"), new Recording());

          var result =
              resultOf(
                  server.submit(
                      new GenerationRequest(
                          prompt, each, 24, "a", PrefixScope.none(), Deadline.none()),
                      heard));

          assertThat(heard.tokens).isEqualTo(each == sampling ? whole : expected);
          assertThat(result.reason())
              .isEqualTo(each == sampling ? EndReason.LENGTH : EndReason.STOP);
          resultOf(company);
        }
      }
    }
  }

  @Test
  void aShortRequestEndsBeforeALongPromptIsRead() {
    try (var served = ServedModel.load(file, 40);
        var server = served.serve(ServedModel.options().withPromptRows(16, ServedModel.LONG))) {
      var slow = new Recording();
      var handle = server.submit(request(tokens(2000, 1), 4, "a"), slow);
      Recording.until(() -> slow.reads.stream().anyMatch(read -> read > 0));

      var result = resultOf(server.submit(request(tokens(12, 2), 4, "b"), new Recording()));

      assertThat(slow.tokens).isEmpty();
      assertThat(slow.reads.getLast()).isLessThan(2000);
      assertThat(result.usage().generated()).isEqualTo(4);
      assertThat(result.timings().firstToken()).isLessThan(result.timings().total());
      assertThat(resultOf(handle).usage()).isEqualTo(new GenerationResult.Usage(2000, 0, 4));
    }
  }

  @Test
  void promptsBesideGenerationAreCutToTheTargetOfAStep() {
    try (var served = ServedModel.load(file, 60);
        var server = served.serve(ServedModel.options().withPromptRows(512, Duration.ofNanos(1)))) {
      var generating = new Recording();
      var other = server.submit(request(tokens(8, 1), 2000, "a"), generating);
      Recording.until(() -> generating.tokens.size() > 3);
      long before = server.statistics().counts().steps();

      resultOf(server.submit(request(tokens(320, 2), 1, "b"), new Recording()));

      // 320 tokens in steps of 16
      assertThat(server.statistics().counts().steps() - before).isGreaterThanOrEqualTo(20);
      other.cancel();
    }
  }

  @Test
  void cancellingTakesEffectWithinAStepAndFreesThePages() {
    try (var served = ServedModel.load(file, 60);
        var server = served.serve(ServedModel.options().withPromptRows(8, ServedModel.LONG))) {
      for (boolean whileReading : new boolean[] {true, false}) {
        var heard = new Recording();
        var handle = server.submit(request(tokens(1500, 1), 2000, "a"), heard);
        Recording.until(() -> whileReading ? heard.reads.size() > 2 : heard.tokens.size() > 2);

        long steps = server.statistics().counts().steps();
        handle.cancel();
        var result = resultOf(handle);

        // the one that was running, and perhaps one between the two lines above
        assertThat(server.statistics().counts().steps() - steps).isLessThanOrEqualTo(2);
        assertThat(result.reason()).isEqualTo(EndReason.CANCELLED);
        assertThat(server.statistics().pages().free()).isEqualTo(60);
      }
    }
  }
}
