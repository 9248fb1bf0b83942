package io.witan.models;

import java.util.List;
import org.springframework.ai.embedding.EmbeddingModel;

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

  /** Vector of a question or search phrase. */
  public float[] embedQuery(String query) {
    return model.embed(queryInstruction + query);
  }
}
