package io.witan.engine.tokenizer;

import io.witan.engine.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Text to tokens and back, by the vocabularies of the fixtures; any model's with {@code -p
 * vocabulary=FILE}. The texts are pages of this project's documentation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenizerBenchmark {
  @Param({
    "../shared/engine-fixtures/tok/vocab-dbrx.gguf",
    "../shared/engine-fixtures/tok/vocab-llama-spm.gguf"
  })
  private String vocabulary = "";

  @Param("docs/engine.md")
  private String text = "";

  private @Nullable ModelFile model;
  private String content = "";
  private int[] ids = {};

  @Setup
  public void open() throws IOException {
    content = Files.readString(Path.of(text));
    model = ModelFile.open(Path.of(vocabulary));
    ids = encode();
  }

  @Benchmark
  public int[] encode() {
    return opened().tokenize(content, true, false);
  }

  @Benchmark
  public byte[] decode() {
    return opened().detokenize(ids);
  }

  private ModelFile opened() {
    if (model == null) {
      throw new IllegalStateException("not set up");
    }
    return model;
  }

  @TearDown
  public void close() {
    opened().close();
  }
}
