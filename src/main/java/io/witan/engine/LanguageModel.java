package io.witan.engine;

import io.witan.engine.adapter.AdapterReader;
import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.graph.Graph;
import io.witan.engine.template.ChatTemplate;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.transformer.Decoder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model. Its weights stay in the file, mapped into memory. Sessions may be used from
 * different threads, each from one at a time; their steps run one after another.
 */
public final class LanguageModel implements AutoCloseable {
  /** Token rows of the largest step: longer prompts run in several. */
  static final int MAX_ROWS = 512;

  private final GgufFile file;
  private final Program program;
  private final EngineDevice device;
  private final Graph graph;
  private final AdapterSlots adapters;
  private final ModelDescription description;
  private final int contextTokens;
  private final int cacheTokens;
  private @Nullable Tokenizer tokenizer;
  private @Nullable OutputGrammars outputGrammars;

  private LanguageModel(
      GgufFile file,
      PlacedProgram placed,
      Graph graph,
      ModelDescription description,
      int contextTokens,
      int cacheTokens) {
    this.file = file;
    this.program = placed.program();
    this.device = placed.device();
    this.graph = graph;
    this.adapters = new AdapterSlots(placed.program());
    this.description = description;
    this.contextTokens = contextTokens;
    this.cacheTokens = cacheTokens;
  }

  /**
   * Loads a model. With {@code auto} it runs on the processor where there is no device, or the
   * device cannot run or hold it; {@link #device()} says why.
   *
   * @throws EngineException if the file is unsound, or its architecture, a tensor or a format is
   *     not one that the engine has, or the device that was asked for cannot run it
   */
  public static LanguageModel load(Path path, EngineOptions options) {
    var file = GgufFile.open(path);
    try {
      var sizes = Hyperparameters.read(file.metadata());
      int context = options.contextTokens() > 0 ? options.contextTokens() : sizes.contextLength();
      var graph = Decoder.graphOf(file, sizes, context);
      int cache = options.cacheTokens() > 0 ? options.cacheTokens() : context;
      var placed = PlacedProgram.of(graph, file, options, cache);
      var description = ModelDescription.of(file, sizes, graph.logits().width());
      return new LanguageModel(file, placed, graph, description, context, cache);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** What it runs on, and why on nothing better. */
  public EngineDevice device() {
    return device;
  }

  /**
   * Measures what bounds the device, beside the model that lies there.
   *
   * @return null on the processor
   * @throws EngineException if the device has no memory left for it
   */
  public @Nullable DeviceSpeed measureDevice() {
    return EngineDevice.backend(device.backend()).measure(device.number());
  }

  public ModelDescription description() {
    return description;
  }

  /** The model's tokens; read from the file when first asked for. */
  public synchronized Tokenizer tokenizer() {
    var known = tokenizer;
    if (known == null) {
      known = Tokenizer.of(file.metadata());
      tokenizer = known;
    }
    return known;
  }

  /**
   * Writes prompts for this model.
   *
   * @param clock for templates that print today's date
   * @throws EngineException if its tokenizer or its chat template is not understood
   */
  public PromptWriter promptWriter(Clock clock) {
    var template =
        file.metadata()
            .findString("tokenizer.chat_template")
            .map(source -> ChatTemplate.of(source, clock))
            .orElse(null);
    return new PromptWriter(tokenizer(), template);
  }

  /** Compiles grammars and schemas that what it writes shall follow. */
  public synchronized OutputGrammars outputGrammars() {
    var known = outputGrammars;
    if (known == null) {
      known = new OutputGrammars(tokenizer());
      outputGrammars = known;
    }
    return known;
  }

  /** The tokens of a text, with those that the model wants at its beginning and end. */
  public int[] encode(String text) {
    return tokenizer().encode(text, true, false);
  }

  /** Bytes of the key-value cache that one position of a session takes. */
  public long cacheBytesPerToken() {
    return program.pages().pageBytes() / program.pages().pageTokens();
  }

  /** Positions of one session at most. */
  public int contextTokens() {
    return contextTokens;
  }

  /** Positions of all sessions together, in whole pages. */
  public int cacheTokens() {
    int page = program.pages().pageTokens();
    return Math.ceilDiv(cacheTokens, page) * page;
  }

  /** Where sessions keep their keys and values. */
  public CachePages pages() {
    return program.pages();
  }

  /** A session that has seen nothing. */
  public Session newSession() {
    return newSession(program.pages());
  }

  /** A session that has seen nothing, with what an adapter changes. */
  public Session newSession(ModelAdapter adapter) {
    return newSession(program.pages(), adapter);
  }

  /**
   * A session that has seen nothing and takes its pages from somebody who deals them out.
   *
   * @param pages hands out pages of {@link #pages()}, perhaps the same to several sessions
   */
  public Session newSession(CachePages pages) {
    return newSession(pages, null);
  }

  /**
   * As above, with what an adapter changes.
   *
   * @param adapter one of this model's, or null
   */
  public Session newSession(CachePages pages, @Nullable ModelAdapter adapter) {
    if (adapter != null && !adapter.isOf(this)) {
      throw new IllegalArgumentException("the adapter belongs to another model");
    }
    return new Session(this, pages, contextTokens, adapter);
  }

  /**
   * Loads a LoRA adapter in GGUF. Several may be there at a time; each sequence has one or none.
   *
   * @throws EngineException if it is none, was made for another model, or the back end has no
   *     adapters
   */
  public ModelAdapter loadAdapter(Path path) {
    try (var source = GgufFile.open(path)) {
      var adapter = AdapterReader.read(source, graph, description.architecture());
      return adapters.add(this, adapter);
    }
  }

  /** Its adapters. */
  AdapterSlots adapters() {
    return adapters;
  }

  /**
   * Appends one generated token to each of several sessions in one step; their {@link
   * Session#logits()} are then those after it.
   *
   * @param tokens one for each session, in order
   */
  public void advance(List<Session> sessions, int[] tokens) {
    var parts = new ArrayList<StepPart>(sessions.size());
    for (int i = 0; i < tokens.length; i++) {
      parts.add(StepPart.generated(sessions.get(i), tokens[i]));
    }
    step(parts);
  }

  /**
   * Appends tokens to several sessions in one step, prompts and generated tokens together. What a
   * session gets does not depend on the others, nor on where its prompt was cut.
   *
   * @param parts at most one for each session
   * @throws EngineException if a context or the cache is full; nothing was appended then
   */
  public void step(List<StepPart> parts) {
    var ordered = new ArrayList<StepPart>(parts.size());
    int promptRows = 0;
    for (var part : parts) {
      if (part.prompt()) {
        ordered.add(part);
        promptRows += part.tokens().length;
      }
    }
    for (var part : parts) {
      if (!part.prompt()) {
        ordered.add(part);
      }
    }
    var result = run(StepPart.batchOf(ordered, promptRows));
    int next = 0;
    for (var part : ordered) {
      int wanted = part.wantedRows();
      part.session()
          .advanced(
              part.tokens(),
              Arrays.copyOfRange(result.logits(), next, next + wanted),
              wanted == 0 ? StepResult.UNKNOWN : result.likeliest()[next + wanted - 1]);
      next += wanted;
    }
  }

  private StepResult run(StepBatch batch) {
    for (int token : batch.tokens()) {
      if (token < 0 || token >= description.vocabulary()) {
        throw new IllegalArgumentException(
            "token %d, but there are %d".formatted(token, description.vocabulary()));
      }
    }
    return program.run(batch);
  }

  /** Lets go of the file; sessions cannot be used any more. */
  @Override
  public void close() {
    program.close();
    file.close();
  }
}
