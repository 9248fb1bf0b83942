package io.witan.engine;

import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.StepResult;
import io.witan.engine.backend.cpu.CpuBackend;
import io.witan.engine.backend.cpu.ScalarBackend;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.transformer.Decoder;
import java.nio.file.Path;
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
  private final ModelDescription description;
  private final int contextTokens;
  private @Nullable Tokenizer tokenizer;

  private LanguageModel(
      GgufFile file, Program program, ModelDescription description, int contextTokens) {
    this.file = file;
    this.program = program;
    this.description = description;
    this.contextTokens = contextTokens;
  }

  /**
   * Loads a model.
   *
   * @throws EngineException if the file is unsound, or its architecture, a tensor or a format is
   *     not one that the engine has
   */
  public static LanguageModel load(Path path, EngineOptions options) {
    var file = GgufFile.open(path);
    try {
      var sizes = Hyperparameters.read(file.metadata());
      var graph = Decoder.graphOf(file, sizes);
      int context = options.contextTokens() > 0 ? options.contextTokens() : sizes.contextLength();
      var program =
          backend(options.backend())
              .compile(
                  graph,
                  file::tensor,
                  new BackendOptions(
                      options.threads(),
                      options.kvFormat(),
                      options.cacheTokens() > 0 ? options.cacheTokens() : context,
                      MAX_ROWS,
                      options.exact()));
      var description = ModelDescription.of(file, sizes, graph.logits().width());
      return new LanguageModel(file, program, description, context);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static Backend backend(String id) {
    for (var backend : List.<Backend>of(new CpuBackend(), new ScalarBackend())) {
      if (backend.id().equals(id)) {
        return backend;
      }
    }
    throw new EngineException.Unsupported("no back end " + id + "; there are: cpu, cpu-scalar");
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

  /** The tokens of a text, with those that the model wants at its beginning and end. */
  public int[] encode(String text) {
    return tokenizer().encode(text, true, false);
  }

  /** Bytes of the key-value cache that one position of a session takes. */
  public long cacheBytesPerToken() {
    return program.pages().pageBytes() / program.pages().pageTokens();
  }

  /** A session that has seen nothing. */
  public Session newSession() {
    return new Session(this, program.pages(), contextTokens);
  }

  /**
   * Appends one generated token to each of several sessions in one step; their {@link
   * Session#logits()} are then those after it.
   *
   * @param tokens one for each session, in order
   */
  public void advance(List<Session> sessions, int[] tokens) {
    int rows = sessions.size();
    var positions = new int[rows];
    var slots = new int[rows];
    var tables = new int[rows][];
    for (int i = 0; i < rows; i++) {
      var session = sessions.get(i);
      positions[i] = session.length();
      slots[i] = i;
      tables[i] = session.reserve(1);
    }
    var result = run(new StepBatch(tokens, positions, slots, tables, 0, slots));
    for (int i = 0; i < rows; i++) {
      sessions.get(i).advanced(tokens, i, 1, result.logits()[i]);
    }
  }

  StepResult run(StepBatch batch) {
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
