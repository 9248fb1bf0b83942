package io.witan.chat.openai;

import io.witan.models.Embedder;
import io.witan.shared.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Service;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Answers {@code embeddings} by the embedders that also index documents. */
@Service
class Embeddings {
  private static final int MOST_TEXTS = 2_048;
  private static final int LONGEST_TEXT = 100_000;
  private static final int MOST_TEXT = 2_000_000;

  private final ModelNames models;

  Embeddings(ModelNames models) {
    this.models = models;
  }

  /** All vectors, in the order of their texts. */
  record EmbeddingList(String object, List<Embedding> data, String model, EmbeddingUsage usage) {}

  /**
   * One vector.
   *
   * @param embedding numbers, or base64 of them as 32-bit floats, little end first
   */
  record Embedding(String object, int index, Object embedding) {}

  /** Tokens that were read. */
  @JsonNaming(SnakeCaseStrategy.class)
  record EmbeddingUsage(int promptTokens, int totalTokens) {}

  EmbeddingList embed(Parameters request) {
    var embedder = models.embedder(request.requiredText("model"));
    var texts = texts(request);
    boolean base64 = isBase64(request);
    var dimensions = request.integer("dimensions", 1, Integer.MAX_VALUE);
    if (dimensions != null && dimensions != embedder.dimensions()) {
      throw new InvalidInput(
          "dimensions", "must be %d for this model".formatted(embedder.dimensions()));
    }
    var embedded = isQuery(request) ? embedder.countedQueries(texts) : embedder.counted(texts);
    return list(embedder, embedded, base64);
  }

  private static EmbeddingList list(Embedder embedder, Embedder.Counted embedded, boolean base64) {
    var data = new ArrayList<Embedding>();
    for (var vector : embedded.vectors()) {
      data.add(new Embedding("embedding", data.size(), base64 ? base64(vector) : vector));
    }
    var usage = new EmbeddingUsage(embedded.tokens(), embedded.tokens());
    return new EmbeddingList("list", data, ModelNames.shortName(embedder), usage);
  }

  private static List<String> texts(Parameters request) {
    var input = request.required("input");
    var first = input.isArray() && !input.isEmpty() ? input.get(0) : input;
    if (first.isNumber() || first.isArray()) {
      throw new InvalidInput("input", "must be text: token numbers are not supported");
    }
    var texts = request.texts("input");
    if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
      throw new InvalidInput("input", "must have 1 to %,d texts".formatted(MOST_TEXTS));
    }
    int length = 0;
    for (var text : texts) {
      length += text.length();
      if (text.isEmpty() || text.length() > LONGEST_TEXT || length > MOST_TEXT) {
        throw new InvalidInput(
            "input",
            "must have texts of 1 to %,d characters, %,d together at most"
                .formatted(LONGEST_TEXT, MOST_TEXT));
      }
    }
    return texts;
  }

  private static boolean isBase64(Parameters request) {
    var format = request.text("encoding_format");
    if (format != null && !format.equals("float") && !format.equals("base64")) {
      throw new InvalidInput("encoding_format", "must be float or base64");
    }
    return "base64".equals(format);
  }

  /** A member of our own: some models want questions marked as such. */
  private static boolean isQuery(Parameters request) {
    var type = request.text("input_type");
    if (type != null && !type.equals("query") && !type.equals("passage")) {
      throw new InvalidInput("input_type", "must be query or passage");
    }
    return "query".equals(type);
  }

  private static String base64(float[] vector) {
    var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
