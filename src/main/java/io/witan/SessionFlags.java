package io.witan;

import io.witan.engine.EngineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that run one sequence. */
final class SessionFlags {
  @Option(names = "--threads", description = "Threads that compute (default: all processors).")
  private @Nullable Integer threads;

  @Option(
      names = "--context",
      description = "Positions of the sequence at most (default: what the model was trained for).")
  private @Nullable Integer context;

  @Mixin private EngineFlags flags = new EngineFlags();

  EngineOptions options() {
    var options = flags.options().withContextTokens(context == null ? 0 : context);
    return threads == null ? options : options.withThreads(threads);
  }
}
