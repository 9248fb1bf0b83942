package io.witan.models;

import java.util.List;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;

/**
 * Turns text of one language into vectors of unit length.
 *
 * @param id identity of the model file and pooling; stored with every vector, because vectors of
 *     different embedders cannot be compared
 * @param language "en" or "zh"
 * @param licence SPDX identifier
 * @param queryInstruction put before a query, never before a passage; empty if the model wants none
 */
public record Embedder(
    String id,
    String name,
    String language,
    int dimensions,
    String licence,
    String queryInstruction,
    EmbeddingModel model) {

  /** Vectors of passages, in their order. */
  public List<float[]> embedPassages(List<String> passages) {
    return passages.isEmpty() ? List.of() : model.embed(passages);
  }

  /**
   * Vectors and what they took.
   *
   * @param tokens that the model read; 0 where it does not tell
   */
  public record Counted(List<float[]> vectors, int tokens) {
    public Counted {
      vectors = List.copyOf(vectors);
    }
  }

  /** Vectors of passages, in their order, and what they took. */
  public Counted counted(List<String> passages) {
    var response = model.call(new EmbeddingRequest(passages, EmbeddingOptions.builder().build()));
    return new Counted(
        response.getResults().stream().map(Embedding::getOutput).toList(),
        response.getMetadata().getUsage().getPromptTokens());
  }

  /** Vectors of questions, in their order, and what they took. */
  public Counted countedQueries(List<String> queries) {
    return counted(queries.stream().map(query -> queryInstruction + query).toList());
  }

  /** Vector of a question or search phrase. */
  public float[] embedQuery(String query) {
    return model.embed(queryInstruction + query);
  }
}
