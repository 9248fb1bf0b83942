package io.witan.models;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** The embedders that run in this process, one for each language. */
@Component
public class Embedders implements AutoCloseable {
  private static final String ENGLISH = "en";
  private static final String CHINESE = "zh";

  private final List<Embedder> all;

  public Embedders(ModelSettings settings) {
    NativeLibraries.prepare(settings.nativeLibraries());
    all =
        List.of(
            load(
                settings,
                "all-minilm-l6-v2-q",
                "all-MiniLM-L6-v2 (quantised)",
                ENGLISH,
                "Apache-2.0",
                "",
                Pooling.MEAN),
            load(
                settings,
                "bge-small-zh-v1.5-q",
                "bge-small-zh-v1.5 (quantised)",
                CHINESE,
                "MIT",
                "为这个句子生成表示以用于检索相关文章：",
                Pooling.CLS));
  }

  /** The embedder for passages of a language; other languages use the English one. */
  public Embedder forLanguage(String language) {
    return all.get(language.equals(CHINESE) ? 1 : 0);
  }

  public List<Embedder> all() {
    return all;
  }

  @Override
  public void close() throws OrtException {
    for (var embedder : all) {
      if (embedder.model() instanceof OnnxEmbeddingModel onnx) {
        onnx.close();
      }
    }
  }

  private static Embedder load(
      ModelSettings settings,
      String file,
      String name,
      String language,
      String licence,
      String queryInstruction,
      Pooling pooling) {
    byte[] weights = resource("/" + file + ".onnx");
    byte[] tokenizer = resource("/" + file + "-tokenizer.json");
    var model = new OnnxEmbeddingModel(weights, tokenizer, pooling, settings.threads());
    return new Embedder(
        file + "@" + digest(weights, tokenizer) + "/" + pooling.label(),
        name,
        language,
        model.dimensions(),
        licence,
        queryInstruction,
        model);
  }

  private static byte[] resource(String path) {
    try (var in = Embedders.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the model file " + path + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String digest(byte[]... files) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (byte[] file : files) {
        sha.update(file);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
