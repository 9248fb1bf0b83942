package io.witan.engine.grammar;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCallFormat;
import io.witan.engine.tools.ToolUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a grammar adds to a decode step, with a vocabulary of 100,000 tokens: finding the mask of a
 * state and laying it over the logits, where the state is known and where it is met for the first
 * time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskBenchmark {
  private static final String SCHEMA =
      """
      {"type":"object","required":["name","tags","level"],"additionalProperties":false,
       "properties":{"name":{"type":"string"},"tags":{"type":"array","items":{"enum":["a","b"]}},
        "level":{"type":"integer","minimum":-3,"maximum":120}}}""";

  @Param("../shared/engine-fixtures/tok/vocab-dbrx.gguf")
  private String vocabulary = "";

  /** Inside a string, at the name of a member, inside a number, in free text before a call. */
  @Param({"string", "member", "number", "free"})
  private String where = "";

  private @Nullable VocabularyGrammars grammars;
  private @Nullable Tokenizer tokenizer;
  private @Nullable TokenGrammar grammar;
  private TokenGrammar.@Nullable Matcher matcher;
  private float[] logits = {};
  private float[] masked = {};
  private int fresh;

  @Setup
  public void open() {
    try (var file = GgufFile.open(Path.of(vocabulary))) {
      tokenizer = Tokenizer.of(file.metadata());
    }
    grammars = VocabularyGrammars.of(tokenizer());
    logits = new float[tokenizer().size()];
    masked = new float[logits.length];
    var random = new Random(1);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = random.nextFloat();
    }
    grammar = compiled();
    matcher = at(grammar);
  }

  private Tokenizer tokenizer() {
    if (tokenizer == null) {
      throw new IllegalStateException("not set up");
    }
    return tokenizer;
  }

  private TokenGrammar compiled() {
    if (grammars == null) {
      throw new IllegalStateException("not set up");
    }
    return grammars.compile(fresh++, () -> where.equals("free") ? calls() : schema());
  }

  private static Grammar schema() {
    return Grammar.ofJsonSchema(SCHEMA);
  }

  private static Grammar calls() {
    var tool = new Tool("weather", null, Map.of("type", "object"));
    return ToolGrammar.of(
        ToolCallFormat.QWEN,
        new ToolUse(List.of(tool), Set.of("weather"), false, true),
        control -> false);
  }

  private TokenGrammar.Matcher at(TokenGrammar compiled) {
    var text =
        switch (where) {
          case "string" -> "{\"name\":\"some";
          case "member" -> "{\"name\":\"some\",\"";
          case "number" -> "{\"name\":\"some\",\"tags\":[],\"level\":1";
          default -> "Some text";
        };
    var follows = compiled.matcher();
    for (int token : tokenizer().encode(text, false, false)) {
      follows.accept(token);
    }
    return follows;
  }

  /** A state that some request was in before. */
  @Benchmark
  public float[] known() {
    if (grammar == null) {
      throw new IllegalStateException("not set up");
    }
    at(grammar).mask().apply(logits, masked);
    return masked;
  }

  /** Only laying a mask over the logits. */
  @Benchmark
  public float[] apply() {
    if (matcher == null) {
      throw new IllegalStateException("not set up");
    }
    matcher.mask().apply(logits, masked);
    return masked;
  }

  /** The same grammar as if nobody had used it. */
  @State(Scope.Thread)
  public static class Cold {
    private TokenGrammar.@Nullable Matcher matcher;

    @Setup(Level.Invocation)
    public void forget(MaskBenchmark all) {
      matcher = all.at(all.compiled());
    }
  }

  /** A state that nobody was in before: what a request sits out for, and no other. */
  @Benchmark
  public float[] cold(Cold state) {
    if (state.matcher == null) {
      throw new IllegalStateException("not set up");
    }
    state.matcher.mask().apply(logits, masked);
    return masked;
  }
}
