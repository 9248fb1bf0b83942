package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A fixture's weights with another chat template, and control tokens that it has not. */
public final class TemplatedModel {
  private static final int CONTROL = 3;

  private TemplatedModel() {}

  /**
   * Writes it.
   *
   * @param controls names of control tokens; they take the places of the last merged ones
   */
  public static Path write(String fixture, String template, List<String> controls, Path to)
      throws IOException {
    try (var file = GgufFile.open(Fixtures.path(fixture));
        InputStream in = TemplatedModel.class.getResourceAsStream("/templates/" + template)) {
      var metadata = file.metadata();
      var writer = new GgufWriter();
      metadata.keys().stream()
          .filter(key -> !key.equals("general.alignment"))
          .forEach(key -> writer.copy(metadata, key));
      var tokens = new ArrayList<>(metadata.strings("tokenizer.ggml.tokens"));
      var merges = new ArrayList<>(metadata.strings("tokenizer.ggml.merges"));
      int[] types = metadata.ints("tokenizer.ggml.token_type");
      for (var control : controls) {
        int id = tokens.indexOf(merges.removeLast().replace(" ", ""));
        tokens.set(id, control);
        types[id] = CONTROL;
      }
      writer.strings("tokenizer.ggml.tokens", tokens);
      writer.strings("tokenizer.ggml.merges", merges);
      writer.ints("tokenizer.ggml.token_type", types);
      writer.string(
          "tokenizer.chat_template", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      for (var tensor : file.tensors()) {
        writer.tensor(
            tensor.name(),
            tensor.shape(),
            tensor.format(),
            channel -> {
              var bytes = tensor.data().asByteBuffer();
              while (bytes.hasRemaining()) {
                channel.write(bytes);
              }
            });
      }
      writer.write(to);
      return to;
    }
  }
}
