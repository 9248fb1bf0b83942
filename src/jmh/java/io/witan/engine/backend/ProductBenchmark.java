package io.witan.engine.backend;

import io.witan.engine.backend.cpu.CpuBackend;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A matrix of 4 million weights times rows of activations, on one thread: the row kernels of
 * generated tokens and the panels of a prompt. Per row of activations, so that the gain of several
 * rows shows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProductBenchmark {
  private static final int PROMPT = 512;

  @Param({"f32", "f16", "bf16", "q8_0", "q4_0", "q4_k", "q6_k"})
  private String format = "q8_0";

  private @Nullable SyntheticWeights weights;
  private @Nullable Program program;

  @Setup
  public void compile() {
    var graph = new Graph.Builder();
    var in = graph.buffer(SyntheticWeights.WIDTH);
    var out = graph.buffer(SyntheticWeights.HIDDEN);
    weights = new SyntheticWeights(format);
    graph.add(
        new Operation.Embed(
            Matrix.of(SyntheticWeights.EMBEDDING, in.width(), weights.tokens()), in));
    graph.add(
        new Operation.Multiply(
            Matrix.of(SyntheticWeights.UP, in.width(), out.width()), null, in, out));
    program =
        new CpuBackend()
            .compile(
                graph.build(out, 1, SyntheticWeights.WIDTH, SyntheticWeights.WIDTH),
                weights,
                new BackendOptions(1, KvFormat.F16, 1, PROMPT));
  }

  @Benchmark
  public StepResult oneRow() {
    return run(1, 0);
  }

  @Benchmark
  @OperationsPerInvocation(2)
  public StepResult twoRows() {
    return run(2, 0);
  }

  @Benchmark
  @OperationsPerInvocation(4)
  public StepResult fourRows() {
    return run(4, 0);
  }

  @Benchmark
  @OperationsPerInvocation(8)
  public StepResult eightRows() {
    return run(8, 0);
  }

  @Benchmark
  @OperationsPerInvocation(PROMPT)
  public StepResult prompt() {
    return run(PROMPT, PROMPT);
  }

  private StepResult run(int rows, int promptRows) {
    var tokens = new int[rows];
    Arrays.setAll(tokens, i -> i);
    int[][] noPages = {{}};
    var batch = new StepBatch(tokens, tokens, new int[rows], noPages, promptRows, new int[0]);
    return running().run(batch);
  }

  private Program running() {
    if (program == null) {
      throw new IllegalStateException("not set up");
    }
    return program;
  }

  @TearDown
  public void close() {
    running().close();
    if (weights != null) {
      weights.close();
    }
  }
}
