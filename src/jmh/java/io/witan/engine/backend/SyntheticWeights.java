package io.witan.engine.backend;

import io.witan.engine.SyntheticModels;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Random weights of one format, mapped from a file that goes when this is closed. */
final class SyntheticWeights implements Weights, AutoCloseable {
  /** Numbers of a row that is multiplied. */
  static final int WIDTH = 1024;

  /** Rows of the {@linkplain #UP matrix}. */
  static final int HIDDEN = 4 * WIDTH;

  static final String EMBEDDING = "token_embd.weight";
  static final String UP = "blk.0.ffn_up.weight";

  private final Path path;
  private final GgufFile file;

  SyntheticWeights(String format) {
    try {
      path = Files.createTempFile("benchmark", ".gguf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SyntheticModels.write(path, "llama", 1, WIDTH, 0, 0, format, 1);
    file = GgufFile.open(path);
  }

  int tokens() {
    return (int) file.tensor(EMBEDDING).shape().ne1();
  }

  @Override
  public GgufTensor get(String name) {
    return file.tensor(name);
  }

  @Override
  public void close() {
    file.close();
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
