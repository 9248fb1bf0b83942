package io.witan.engine.backend;

import io.witan.engine.backend.cpu.CpuBackend;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Attention of one generated token in one layer (16 heads of 64 numbers, 8 of keys) to all tokens
 * before it, on one thread. All numbers are zero; the time does not depend on them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AttentionBenchmark {
  private static final int HEADS = 16;
  private static final int KEY_HEADS = 8;
  private static final int HEAD_SIZE = 64;

  @Param({"1024", "8192", "32768"})
  private int positions = 1024;

  @Param({"F16", "F32"})
  private KvFormat format = KvFormat.F16;

  private int[] pages = {};
  private @Nullable Program program;

  @Setup
  public void compile() {
    var graph = new Graph.Builder();
    var query = graph.buffer(HEADS * HEAD_SIZE);
    var key = graph.buffer(KEY_HEADS * HEAD_SIZE);
    var value = graph.buffer(KEY_HEADS * HEAD_SIZE);
    var out = graph.buffer(HEADS * HEAD_SIZE);
    graph.add(
        new Operation.Attend(0, query, key, value, out, HEADS, KEY_HEADS, HEAD_SIZE, 0.125f, 0, 0));
    program =
        new CpuBackend()
            .compile(
                graph.build(out, 1, KEY_HEADS * HEAD_SIZE, HEAD_SIZE),
                name -> {
                  throw new IllegalStateException("there are no weights: " + name);
                },
                new BackendOptions(1, format, positions, 1));
    var cache = program.pages();
    pages = new int[Math.ceilDiv(positions, cache.pageTokens())];
    Arrays.setAll(pages, i -> cache.acquire());
  }

  @Benchmark
  public StepResult lastToken() {
    int[] last = {positions - 1};
    int[][] tables = {pages};
    return running().run(new StepBatch(new int[1], last, new int[1], tables, 0, new int[0]));
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
  }
}
