package io.witan.models;

import java.util.List;

/**
 * The embedders that run in this process, one for each language.
 *
 * @param all the first is for English and every language without one of its own
 */
public record Embedders(List<Embedder> all) implements AutoCloseable {

  public Embedders {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("at least one embedder is needed");
    }
  }

  /** The models on the class path; each is read at its first use. */
  public static Embedders load(ModelSettings settings) {
    NativeLibraries.prepare(settings.nativeLibraries());
    return new Embedders(
        List.of(
            embedder(
                "all-minilm-l6-v2-q",
                "all-MiniLM-L6-v2 (quantised)",
                "en",
                384,
                "Apache-2.0",
                "",
                Pooling.MEAN,
                settings.threads()),
            embedder(
                "bge-small-zh-v1.5-q",
                "bge-small-zh-v1.5 (quantised)",
                "zh",
                512,
                "MIT",
                "为这个句子生成表示以用于检索相关文章：",
                Pooling.CLS,
                settings.threads())));
  }

  /** The embedder for passages of a language. */
  public Embedder forLanguage(String language) {
    return all.stream()
        .filter(it -> it.language().equals(language))
        .findFirst()
        .orElse(all.getFirst());
  }

  @Override
  public void close() throws Exception {
    for (var embedder : all) {
      if (embedder.model() instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  private static Embedder embedder(
      String file,
      String name,
      String language,
      int dimensions,
      String licence,
      String queryInstruction,
      Pooling pooling,
      int threads) {
    return new Embedder(
        file + "@" + ModelFiles.digest(file) + "/" + pooling.label(),
        name,
        language,
        dimensions,
        licence,
        queryInstruction,
        new OnnxEmbeddingModel(file, pooling, dimensions, threads));
  }
}
