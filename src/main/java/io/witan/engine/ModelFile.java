package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model file that is looked into without being loaded; the engine need not be able to run it. For
 * one thread.
 */
public final class ModelFile implements AutoCloseable {
  private final GgufFile file;
  private @Nullable Tokenizer tokenizer;

  /**
   * One tensor.
   *
   * @param shape extents, the one whose elements lie side by side first
   */
  public record TensorDescription(String name, List<Long> shape, String format) {}

  private ModelFile(GgufFile file) {
    this.file = file;
  }

  /**
   * Opens a file; of a split model its first part.
   *
   * @throws EngineException if it cannot be read or is unsound
   */
  public static ModelFile open(Path path) {
    return new ModelFile(GgufFile.open(path));
  }

  /** The version of the file's format. */
  public int version() {
    return file.version();
  }

  /**
   * The sizes of the model.
   *
   * @throws EngineException if they are absurd
   */
  public ModelInspection inspect() {
    return ModelInspection.of(file);
  }

  /** All metadata as a person may read them; of arrays, type and length. */
  public Map<String, String> metadata() {
    var described = new LinkedHashMap<String, String>();
    file.metadata().keys().forEach(key -> described.put(key, file.metadata().describe(key)));
    return described;
  }

  public List<TensorDescription> tensors() {
    return file.tensors().stream().map(ModelFile::describe).toList();
  }

  private static TensorDescription describe(GgufTensor tensor) {
    var shape = tensor.shape();
    var extents = IntStream.range(0, shape.dimensions()).mapToObj(shape::extent).toList();
    return new TensorDescription(tensor.name(), extents, tensor.format().name());
  }

  /**
   * The tokens of a text.
   *
   * @param addSpecial put the beginning and end tokens around it, as far as the model wants them
   * @param parseSpecial take the names of control tokens in it for these tokens
   * @throws EngineException if the file's tokenizer is damaged or not known
   */
  public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
    return tokenizer().encode(text, addSpecial, parseSpecial);
  }

  /**
   * The bytes of a whole text, control tokens left out.
   *
   * @throws EngineException if there is no such token, or the tokenizer is damaged or not known
   */
  public byte[] detokenize(int... ids) {
    return tokenizer().decodeBytes(ids);
  }

  private Tokenizer tokenizer() {
    if (tokenizer == null) {
      tokenizer = Tokenizer.of(file.metadata());
    }
    return tokenizer;
  }

  @Override
  public void close() {
    file.close();
  }
}
