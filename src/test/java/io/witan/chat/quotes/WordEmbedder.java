package io.witan.chat.quotes;

import io.witan.models.Embedder;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * Embeds a text as the sum of its words' fixed random vectors: deterministic, and no model file.
 */
public final class WordEmbedder implements EmbeddingModel {
  private static final int DIMENSIONS = 64;

  public static Embedder forLanguage(String language) {
    return new Embedder(
        "words-" + language, "words", language, DIMENSIONS, "none", "", new WordEmbedder());
  }

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    var texts = request.getInstructions();
    return new EmbeddingResponse(
        java.util.stream.IntStream.range(0, texts.size())
            .mapToObj(i -> new Embedding(vector(texts.get(i)), i))
            .toList());
  }

  @Override
  public float[] embed(Document document) {
    return vector(String.valueOf(document.getText()));
  }

  @Override
  public float[] embed(String text) {
    return vector(text);
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.stream().map(WordEmbedder::vector).toList();
  }

  private static float[] vector(String text) {
    var vector = new float[DIMENSIONS];
    for (String term : Terms.of(text)) {
      var random = new java.util.Random(term.hashCode());
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] += (float) random.nextGaussian();
      }
    }
    return vector;
  }
}
