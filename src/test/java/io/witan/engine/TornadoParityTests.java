package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.backend.KvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Holds the TornadoVM back end to the same numbers as the CPU, on whatever TornadoVM is active. */
class TornadoParityTests {
  private static final Path FOLDER =
      Path.of(System.getProperty("witan.shared", "../shared"), "engine-fixtures");

  /** Whether all fixtures run in full; else the shortest that covers a model, cut to 33 tokens. */
  private static final boolean FULL = Boolean.getBoolean("witan.parity.full");

  private static final int SHORT_PROMPT = 33;

  static List<ParityCase> float32Cases() {
    return cases().stream().filter(ParityCase::isFloat32).toList();
  }

  static List<ParityCase> exactPeerCases() {
    return float32Cases().stream().filter(each -> !each.hasRoughPeer()).toList();
  }

  /** Every format of dbrx, one case each unless all are wanted. */
  static List<ParityCase> formats() {
    return cases().stream().filter(each -> each.model().contains("dbrx")).toList();
  }

  private static List<ParityCase> cases() {
    if (!Files.exists(FOLDER.resolve("index.json"))) {
      return List.of();
    }
    var all = ParityCase.all(FOLDER);
    if (FULL) {
      return all;
    }
    var models = new java.util.HashSet<String>();
    return all.stream().filter(each -> models.add(each.model() + each.config())).toList();
  }

  @Test
  void theActiveImplementationIsTheOneThatTheBuildNamed() {
    boolean emulated = isPresent("uk.ac.manchester.tornado.api.Emulator");
    assertThat(emulated).isEqualTo(System.getenv("TORNADOVM_HOME") == null);
    if (!emulated) {
      // the SDK's jars are modules; whatever was compiled here is not
      assertThat(TornadoExecutionPlan.class.getModule().getName()).isEqualTo("tornado.api");
      assertThat(TornadoExecutionPlan.class.getResource("TornadoExecutionPlan.class").toString())
          .contains("/tornado-api-");
    }
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("float32Cases")
  void logitsOfAPromptAreThoseOfTheProcessor(ParityCase fixture) {
    assertSamePrompt(fixture);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void logitsOfEveryFormatAreThoseOfTheProcessor(ParityCase fixture) {
    assertSamePrompt(fixture);
  }

  /** In full where it is short enough: what the peer recorded is of whole prompts. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exactPeerCases")
  void logitsOfAWholePromptAreThoseOfThePeer(ParityCase fixture) throws IOException {
    try (var model = fixture.load(options(fixture, "tornado"));
        var session = model.newSession()) {
      float[][] logits = session.appendForAllLogits(fixture.tokens());

      float[] recorded = fixture.floats(fixture.logits());
      int width = recorded.length / fixture.rows();
      float[] last = Arrays.copyOfRange(recorded, recorded.length - width, recorded.length);
      assertThat(difference(logits[logits.length - 1], last))
          .isLessThan(fixture.hasFloatCache() ? 1e-4 : 0.03);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void severalSequencesInOneStepGetWhatEachGetsAlone(ParityCase fixture) {
    int[] first = Arrays.copyOf(fixture.tokens(), 9);
    int[] second = Arrays.copyOfRange(fixture.tokens(), 9, 14);
    int next = fixture.tokens()[20];
    try (var model = fixture.load(options(fixture, "tornado"));
        var oracle = fixture.load(options(fixture, "cpu-scalar"));
        var one = model.newSession();
        var other = model.newSession()) {
      model.step(
          List.of(
              StepPart.prompt(one, first, StepPart.Logits.LAST),
              StepPart.prompt(other, second, StepPart.Logits.LAST)));
      model.advance(List.of(one, other), new int[] {next, next});

      assertThat(difference(one.logits(), alone(oracle, first, next))).isLessThan(2e-3);
      assertThat(difference(other.logits(), alone(oracle, second, next))).isLessThan(2e-3);
    }
  }

  private static float[] alone(LanguageModel model, int[] prompt, int next) {
    try (var session = model.newSession()) {
      session.append(prompt);
      session.advance(next);
      return session.logits().clone();
    }
  }

  private static void assertSamePrompt(ParityCase fixture) {
    int length = FULL ? fixture.tokens().length : SHORT_PROMPT;
    int[] tokens = Arrays.copyOf(fixture.tokens(), length);
    try (var model = fixture.load(options(fixture, "tornado"));
        var oracle = fixture.load(options(fixture, "cpu-scalar"));
        var session = model.newSession();
        var expected = oracle.newSession()) {
      session.append(tokens);
      expected.append(tokens);

      assertThat(difference(session.logits(), expected.logits())).isLessThan(2e-3);
    }
  }

  private static EngineOptions options(ParityCase fixture, String backend) {
    return EngineOptions.defaults()
        .withThreads(2)
        .withBackend(backend)
        .withKvFormat(fixture.hasFloatCache() ? KvFormat.F32 : KvFormat.F16);
  }

  private static double difference(float[] logits, float[] expected) {
    assertThat(logits).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < logits.length; i++) {
      double difference = Math.abs((double) logits[i] - expected[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }
}
