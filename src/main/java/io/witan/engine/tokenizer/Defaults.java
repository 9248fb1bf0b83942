package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the kind of a tokenizer implies where the file is silent.
 *
 * @param preTokenizer of a byte-pair vocabulary; null for SentencePiece
 * @param beginning the token id, or -1
 * @param end the token id, or -1
 */
record Defaults(
    @Nullable PreTokenizer preTokenizer, int beginning, int end, boolean addsBeginning) {
  static Defaults of(GgufMetadata metadata) {
    String model = metadata.string("tokenizer.ggml.model");
    return switch (model) {
      case "llama" -> new Defaults(null, 1, 2, true);
      case "gpt2" -> {
        var pre = PreTokenizer.named(metadata.findString("tokenizer.ggml.pre").orElse("default"));
        yield new Defaults(pre, -1, -1, pre.addsBeginning());
      }
      default ->
          throw new EngineException.Unsupported(
              "unknown tokenizer %s (tokenizer.ggml.model); known are gpt2 and llama"
                  .formatted(model));
    };
  }
}
