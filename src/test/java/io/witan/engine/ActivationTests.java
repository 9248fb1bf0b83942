package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.KvFormat;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.cpu.CpuBackend;
import io.witan.engine.backend.cpu.ScalarBackend;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.transformer.Decoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every step on the way to the logits to what llama.cpp recorded: the first of these that
 * fails names where a graph goes wrong. The beginning of a graph is a graph too, so each value is
 * the result of one that ends there.
 */
class ActivationTests {
  private static final double TOLERANCE = 1e-4;

  private static final Path FOLDER =
      Path.of(System.getProperty("witan.shared", "../shared"), "engine-fixtures");

  /** One value on one back end; its rows as those of a prompt, or as generated ones. */
  record Step(RecordedActivation recorded, Backend backend, boolean isPrompt) {
    @Override
    public String toString() {
      return recorded + " " + backend.id() + (isPrompt ? " prompt" : " generated");
    }
  }

  static List<RecordedActivation> recorded() throws IOException {
    return Files.exists(FOLDER.resolve("index.json"))
        ? RecordedActivation.all(
            FOLDER.resolve("ref/dbrx-f32.acts.json"), FOLDER.resolve("ref/dbrx-f32.acts.bin"))
        : List.of();
  }

  static List<Step> steps() throws IOException {
    var steps = new ArrayList<Step>();
    for (var each : recorded()) {
      if (isComputedHere(each)) {
        steps.add(new Step(each, new ScalarBackend(), true));
        steps.add(new Step(each, new CpuBackend(), true));
        steps.add(new Step(each, new CpuBackend(), false));
      }
    }
    return steps;
  }

  /** Not: other views of the same numbers, and steps between which the engine stores nothing. */
  private static boolean isComputedHere(RecordedActivation each) {
    return !each.name().contains("(")
        && !each.name().startsWith("ffn_moe_probs")
        && !each.name().startsWith("ffn_moe_weights-");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("steps")
  void valueIsThatOfThePeer(Step step) {
    var recorded = step.recorded();
    float[][] own = run(step);

    for (int row = 0; row < recorded.rows(); row++) {
      float[] numbers = own[own.length - recorded.rows() + row];
      for (int i = 0; i < recorded.width(); i++) {
        double difference = Math.abs(numbers[i] - recorded.values()[row * recorded.width() + i]);
        assertThat(difference).as("%s: row %d, column %d", step, row, i).isLessThan(TOLERANCE);
      }
    }
  }

  @Test
  void everyPartOfABlockWasRecorded() throws IOException {
    assumeThat(recorded()).as("recorded activations").isNotEmpty();

    // two blocks of fourteen values each, and the last norm
    assertThat(recorded().stream().filter(ActivationTests::isComputedHere)).hasSize(29);
  }

  /** The value for each token of the fixture's first prompt. */
  private static float[][] run(Step step) {
    int[] tokens =
        ParityCase.all(FOLDER).stream()
            .filter(ActivationTests::isFirst)
            .findFirst()
            .orElseThrow()
            .tokens();
    int rows = tokens.length;
    int[] all = IntStream.range(0, rows).toArray();
    var options = new BackendOptions(2, KvFormat.F32, rows, rows);
    try (var file = GgufFile.open(FOLDER.resolve("models/dbrx-f32.gguf"))) {
      var graph = Decoder.graphOf(file, Hyperparameters.read(file.metadata()), rows);
      var prefix = RecordedActivation.placeIn(graph, step.recorded().name());
      try (var program = step.backend().compile(prefix, file::tensor, options)) {
        int[][] table = {{program.pages().acquire()}};
        return program
            .run(new StepBatch(tokens, all, new int[rows], table, step.isPrompt() ? rows : 0, all))
            .logits();
      }
    }
  }

  private static boolean isFirst(ParityCase each) {
    return each.model().equals("models/dbrx-f32.gguf");
  }
}
