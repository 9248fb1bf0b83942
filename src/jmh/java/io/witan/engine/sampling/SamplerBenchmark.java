package io.witan.engine.sampling;

import io.witan.engine.SamplingOptions;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The choice of one token from a vocabulary of DBRX's size, with normally distributed logits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SamplerBenchmark {
  @Param({"100352"})
  private int vocabulary;

  @Param({"plain", "top-k", "top-p", "min-p", "greedy"})
  private String filter = "plain";

  private float[] logits = {};
  private Sampler sampler = new Sampler(SamplingOptions.greedy());

  @Setup
  public void fill() {
    var random = new SplittableRandom(5);
    logits = new float[vocabulary];
    for (int i = 0; i < vocabulary; i++) {
      logits[i] = (float) (2.5 * random.nextGaussian());
    }
    var plain = SamplingOptions.varied(3).withTopK(0).withMinP(0).withTopP(1);
    sampler =
        new Sampler(
            switch (filter) {
              case "plain" -> plain;
              case "top-k" -> plain.withTopK(40);
              case "top-p" -> plain.withTopP(0.95f);
              case "min-p" -> plain.withMinP(0.05f);
              default -> SamplingOptions.greedy();
            });
  }

  @Benchmark
  public int sample() {
    return sampler.sample(logits).token();
  }
}
