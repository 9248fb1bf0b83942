package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Greedy decoding with the choice made on the device, and what crosses to and from it. */
class TornadoGreedyTests {
  private static final int[] PROMPT = {3, 14, 15, 9, 26, 5, 35, 8};
  private static final int TOKENS = 12;

  @Test
  void aTokenOfOneSequenceMovesThirtySixBytes() {
    assumeThat(isEmulated()).isTrue();
    try (var model = open("tornado");
        var session = model.newSession()) {
      session.append(PROMPT);
      long[] before = new long[TOKENS];
      int[] count = {0};
      session.generate(
          SamplingOptions.greedy(),
          TOKENS,
          token -> {
            before[count[0]++] = bytes();
            return true;
          });

      // the first token comes from the prompt's logits; a token, its place and its page follow
      for (int i = 1; i < count[0]; i++) {
        assertThat(before[i] - before[i - 1]).isEqualTo(32 + 4);
      }
      assertThat(count[0]).isGreaterThan(2);
    }
  }

  @Test
  void aTokenOfEachOfSeveralSequencesMovesAtMostSixtyFourBytes() {
    assumeThat(isEmulated()).isTrue();
    try (var model = open("tornado")) {
      for (int sequences : new int[] {2, 5, 13, 32}) {
        var parts = new ArrayList<StepPart>();
        var sessions = new ArrayList<Session>();
        for (int i = 0; i < sequences; i++) {
          var session = model.newSession();
          session.append(new int[] {i});
          sessions.add(session);
          parts.add(StepPart.generated(session, 7, StepPart.Logits.LIKELIEST));
        }
        long before = bytes();
        model.step(parts);

        assertThat((bytes() - before) / (double) sequences)
            .as("%d sequences", sequences)
            .isLessThanOrEqualTo(64);
        sessions.forEach(Session::close);
      }
    }
  }

  @Test
  void theDeviceChoosesWhatTheProcessorChooses() {
    assertThat(generated("tornado")).isEqualTo(generated("cpu-scalar"));
  }

  @Test
  void logitsCanStillBeAskedForAfterAGreedyToken() {
    try (var model = open("tornado");
        var session = model.newSession()) {
      session.append(PROMPT);
      model.step(List.of(StepPart.generated(session, 7, StepPart.Logits.LIKELIEST)));
      assertThat(session.logits()).isEmpty();
      session.advance(8);
      assertThat(session.logits()).hasSize(model.description().vocabulary());
    }
  }

  private static List<Integer> generated(String backend) {
    var tokens = new ArrayList<Integer>();
    try (var model = open(backend);
        var session = model.newSession()) {
      session.append(PROMPT);
      session.generate(SamplingOptions.greedy(), TOKENS, token -> tokens.add(token.id()));
    }
    return tokens;
  }

  private static LanguageModel open(String backend) {
    return LanguageModel.load(
        Fixtures.path("models/dbrx-f32.gguf"),
        EngineOptions.defaults().withThreads(2).withBackend(backend));
  }

  private static boolean isEmulated() {
    return System.getenv("TORNADOVM_HOME") == null;
  }

  /** By reflection: the SDK has no such class. */
  private static long bytes() {
    try {
      var counts = Class.forName("uk.ac.manchester.tornado.api.Emulator");
      return ((AtomicLong) counts.getField("BYTES_TO_DEVICE").get(null)).get()
          + ((AtomicLong) counts.getField("BYTES_TO_HOST").get(null)).get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
