package io.witan.retrieval;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** Adds up a fixed random direction for each word, so that texts with common words are near. */
record HashedEmbeddingModel(int size) implements EmbeddingModel {

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<String> texts = request.getInstructions();
    return new EmbeddingResponse(
        IntStream.range(0, texts.size())
            .mapToObj(i -> new Embedding(vector(texts.get(i)), i))
            .toList());
  }

  @Override
  public float[] embed(Document document) {
    return vector(String.valueOf(document.getText()));
  }

  @Override
  public int dimensions() {
    return size;
  }

  private float[] vector(String text) {
    float[] sum = new float[size];
    for (String word : text.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      var direction = new Random(word.hashCode());
      for (int i = 0; i < size; i++) {
        sum[i] += (float) direction.nextGaussian();
      }
    }
    double squares = 1e-9;
    for (float value : sum) {
      squares += value * value;
    }
    for (int i = 0; i < size; i++) {
      sum[i] /= (float) Math.sqrt(squares);
    }
    return sum;
  }
}
