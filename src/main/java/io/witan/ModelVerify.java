package io.witan;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a device computes what the processor does. */
@Command(
    name = "verify",
    description = {
      "Compare what a back end computes with the processor: logits after a prompt, and of several",
      "sequences that go on together. With --backend cpu it is compared with cpu-scalar."
    })
final class ModelVerify implements Callable<Integer> {
  private static final long SEED = 1;

  /** A sequence takes whole pages of its keys and values. */
  private static final int PAGE_TOKENS = 64;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "GGUF files.")
  private List<Path> paths = List.of();

  @Option(
      names = "--prompt-tokens",
      defaultValue = "33",
      description = "Tokens of the prompt (default: ${DEFAULT-VALUE}).")
  private int promptTokens = 33;

  @Option(
      names = "--generate-tokens",
      defaultValue = "4",
      description = "Steps of all sequences together (default: ${DEFAULT-VALUE}).")
  private int generateTokens = 4;

  @Option(
      names = "--parallel",
      defaultValue = "3",
      description = "Sequences that go on together (default: ${DEFAULT-VALUE}).")
  private int parallel = 3;

  @Option(
      names = "--tolerance",
      defaultValue = "0.002",
      description = "Of the logits' standard deviation (default: ${DEFAULT-VALUE}).")
  private double tolerance = 0.002;

  @Mixin private EngineFlags flags = new EngineFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int different = 0;
    for (var path : paths) {
      different += isSame(path) ? 0 : 1;
    }
    return different == 0 ? 0 : 1;
  }

  private boolean isSame(Path path) {
    int positions = promptTokens + generateTokens + 1;
    int pages = Math.ceilDiv(positions, PAGE_TOKENS) * parallel;
    var wanted = flags.options().withContextTokens(positions).withCacheTokens(pages * PAGE_TOKENS);
    var reference = wanted.on("cpu".equals(wanted.backend()) ? "cpu-scalar" : "cpu", null, 0);
    var expected = logits(path, reference);
    var actual = logits(path, wanted);
    double largest = 0;
    double squares = 0;
    long count = 0;
    for (int i = 0; i < expected.size(); i++) {
      double mean = mean(expected.get(i));
      for (int j = 0; j < expected.get(i).length; j++) {
        double difference = Math.abs(expected.get(i)[j] - (double) actual.get(i)[j]);
        largest = difference <= largest ? largest : difference; // so that NaN stays
        squares += Math.pow(expected.get(i)[j] - mean, 2);
        count++;
      }
    }
    double deviation = Math.sqrt(squares / count);
    boolean same = largest <= tolerance * deviation;
    var out = spec.commandLine().getOut();
    out.printf(
        "%s  %s: logits differ by at most %.1e, their standard deviation is %.1e%n",
        same ? "same     " : "DIFFERENT", path, largest, deviation);
    out.flush();
    return same;
  }

  /** After a prompt, and then of each sequence after each step. */
  private List<float[]> logits(Path path, EngineOptions options) {
    var found = new ArrayList<float[]>();
    var random = new Random(SEED);
    var sessions = new ArrayList<Session>();
    try (var model = LanguageModel.load(path, options)) {
      try {
        int vocabulary = model.description().vocabulary();
        for (int i = 0; i < parallel; i++) {
          sessions.add(model.newSession());
          // of different lengths, so that positions differ in a step
          int length = Math.max(1, promptTokens - i);
          sessions.get(i).append(random.ints(length, 0, vocabulary).toArray());
          found.add(sessions.get(i).logits().clone());
        }
        for (int step = 0; step < generateTokens; step++) {
          model.advance(sessions, random.ints(parallel, 0, vocabulary).toArray());
          sessions.forEach(session -> found.add(session.logits().clone()));
        }
      } finally {
        sessions.forEach(Session::close);
      }
    }
    return found;
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }
}
