package io.witan.models.residency;

import io.witan.engine.EngineException;
import io.witan.engine.ModelAdapter;
import io.witan.engine.OutputGrammar;
import io.witan.engine.OutputGrammars;
import io.witan.engine.PromptWriter;
import io.witan.engine.PromptWriter.Turn;
import io.witan.engine.PromptWriter.Written;
import io.witan.engine.serving.Deadline;
import io.witan.engine.serving.GenerationHandle;
import io.witan.engine.serving.GenerationServer;
import io.witan.engine.serving.PrefixScope;
import io.witan.engine.serving.ServingStatistics;
import io.witan.engine.tools.ToolCallFormat;
import io.witan.engine.tools.ToolCallReader;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ConversationRefused;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.OutputFormat;
import io.witan.models.generation.OutputFormatRefused;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.PromptTooLong;
import io.witan.models.generation.ToolsRefused;
import io.witan.models.registry.AdapterNotFound;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes with a model that runs in this process. */
final class LocalGenerator implements Generator {
  /** Prompt tokens after which the server's own measure is better than the one at the start. */
  private static final int ENOUGH_TOKENS = 2048;

  private final GeneratorInfo info;
  private final GenerationServer server;
  private final PromptWriter writer;
  private final ReadingSpeed speed;
  private final Supplier<OutputGrammars> grammars;
  private final ResidentAdapters adapters;
  private final Set<CompletableFuture<?>> unfinished = ConcurrentHashMap.newKeySet();
  private final Set<String> privateKeys = ConcurrentHashMap.newKeySet();
  private final Object retirement = new Object();
  private boolean isRetired;

  LocalGenerator(
      GeneratorInfo info,
      GenerationServer server,
      PromptWriter writer,
      ReadingSpeed speed,
      Supplier<OutputGrammars> grammars,
      ResidentAdapters adapters) {
    this.grammars = grammars;
    this.adapters = adapters;
    this.info = info;
    this.server = server;
    this.writer = writer;
    this.speed = speed;
  }

  @Override
  public GeneratorInfo info() {
    return info;
  }

  @Override
  public List<String> adapters() {
    return adapters.names();
  }

  @Override
  public int countTokens(String text) {
    return writer.count(text);
  }

  @Override
  public int countTokens(Prompt prompt) {
    return written(prompt).tokens().length;
  }

  @Override
  public double promptTokensPerSecond() {
    var now = server.statistics();
    boolean enough = now.counts().promptTokens() - speed.tokensRead() >= ENOUGH_TOKENS;
    return enough && now.promptTokensPerSecond() > 0
        ? now.promptTokensPerSecond()
        : speed.promptTokensPerSecond();
  }

  /** Tokens that one request alone is given in a second, as measured at the start. */
  double generatedTokensPerSecond() {
    return speed.generatedTokensPerSecond();
  }

  ServingStatistics statistics() {
    return server.statistics();
  }

  @Override
  public GenerationRun start(GeneratorRequest request, GeneratorListener listener) {
    var written = written(request.prompt());
    int prompt = written.tokens().length;
    if (prompt + (long) request.maxTokens() > info.contextTokens()) {
      throw new PromptTooLong(prompt, request.maxTokens(), info.contextTokens());
    }
    var key = request.privateKey();
    if (key != null) {
      privateKeys.add(key);
    }
    boolean everybody = request.publicKey() != null;
    var wanted =
        new io.witan.engine.serving.GenerationRequest(
            written.tokens(),
            request.sampling(),
            request.maxTokens(),
            request.owner(),
            new PrefixScope(request.publicKey(), everybody ? written.instructionTokens() : 0, key),
            Deadline.after(request.limit()),
            grammar(request),
            adapter(request.adapter()));
    try {
      var handle = submit(wanted, new Listening(listener, writer, reader(request.prompt())));
      return new Run(handle);
    } catch (EngineException.Overloaded full) {
      throw new GeneratorOverloaded(full.retryAfter());
    } catch (EngineException.LimitExceeded tooLong) {
      throw new PromptTooLong(prompt, request.maxTokens(), info.contextTokens());
    } catch (EngineException.Closed closed) {
      throw new GeneratorGone();
    }
  }

  private @Nullable ModelAdapter adapter(@Nullable String name) {
    if (name == null) {
      return null;
    }
    var found = adapters.find(name);
    if (found == null) {
      throw new AdapterNotFound(name);
    }
    return found;
  }

  private @Nullable ToolCallReader reader(Prompt prompt) {
    var tools = toolsOf(prompt);
    return tools == null ? null : new ToolCallReader(toolFormat(), RandomGenerator.getDefault());
  }

  private static @Nullable ToolUse toolsOf(Prompt prompt) {
    return prompt instanceof Prompt.Conversation conversation ? conversation.tools() : null;
  }

  private ToolCallFormat toolFormat() {
    return writer
        .toolFormat()
        .orElseThrow(
            () ->
                new ToolsRefused(
                    info.name(), "its chat template has no form for calls that is known here"));
  }

  private @Nullable OutputGrammar grammar(GeneratorRequest request) {
    var tools = toolsOf(request.prompt());
    if (tools == null) {
      return grammar(request.format());
    }
    if (request.format() != null) {
      throw new OutputFormatRefused("functions and a form for the answer exclude each other");
    }
    var format = toolFormat();
    try {
      return grammars.get().toolCalls(format, tools);
    } catch (EngineException.InvalidGrammar refused) {
      throw new ToolsRefused(info.name(), String.valueOf(refused.getMessage()));
    }
  }

  private @Nullable OutputGrammar grammar(@Nullable OutputFormat format) {
    try {
      return switch (format) {
        case null -> null;
        case OutputFormat.JsonObject any -> grammars.get().jsonObject();
        case OutputFormat.JsonSchema schema -> grammars.get().jsonSchema(schema.schema());
      };
    } catch (EngineException.InvalidGrammar refused) {
      throw new OutputFormatRefused(String.valueOf(refused.getMessage()));
    }
  }

  private GenerationHandle submit(
      io.witan.engine.serving.GenerationRequest wanted, Listening listening) {
    synchronized (retirement) {
      if (isRetired) {
        throw new GeneratorGone();
      }
      var handle = server.submit(wanted, listening);
      var result = handle.result();
      unfinished.add(result);
      result.whenComplete((end, failure) -> unfinished.remove(result));
      return handle;
    }
  }

  private Written written(Prompt prompt) {
    return switch (prompt) {
      case Prompt.PlainText plain -> writer.text(plain.text());
      case Prompt.Conversation conversation -> conversation(conversation);
    };
  }

  private Written conversation(Prompt.Conversation conversation) {
    if (conversation.usesTools()) {
      toolFormat(); // else the template may leave them out, and nobody would notice
    }
    var turns = conversation.messages().stream().map(LocalGenerator::turn).toList();
    var tools = conversation.tools();
    try {
      return writer.conversation(turns, tools == null ? List.of() : tools.tools());
    } catch (EngineException.TemplateFailure refused) {
      throw new ConversationRefused(info.name(), String.valueOf(refused.getMessage()));
    }
  }

  private static Turn turn(ChatMessage message) {
    return new Turn(
        message.role().name().toLowerCase(Locale.ROOT),
        message.content(),
        message.calls(),
        message.callId());
  }

  void forget(String key) {
    server.forget(key);
  }

  void forgetPrivate() {
    privateKeys.forEach(server::forget);
  }

  /** Refuses what is new; completes when everything that was taken has ended. */
  CompletableFuture<Void> retire() {
    synchronized (retirement) {
      isRetired = true;
      return CompletableFuture.allOf(unfinished.toArray(CompletableFuture<?>[]::new));
    }
  }

  private record Run(GenerationHandle handle) implements GenerationRun {
    @Override
    public void cancel() {
      handle.cancel();
    }

    @Override
    public CompletableFuture<GenerationEnd> end() {
      return handle.result().thenApply(Listening::end);
    }
  }
}
