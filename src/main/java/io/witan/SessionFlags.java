package io.witan;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.Session;
import java.nio.file.Path;
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

  @Option(names = "--adapter", paramLabel = "FILE", description = "A LoRA adapter (GGUF) to apply.")
  private @Nullable Path adapter;

  @Mixin private EngineFlags flags = new EngineFlags();

  EngineOptions options() {
    var options = flags.options().withContextTokens(context == null ? 0 : context);
    return threads == null ? options : options.withThreads(threads);
  }

  /** A session of the model, with the adapter if one was given; the adapter goes with the model. */
  Session newSession(LanguageModel model) {
    return adapter == null ? model.newSession() : model.newSession(model.loadAdapter(adapter));
  }
}
