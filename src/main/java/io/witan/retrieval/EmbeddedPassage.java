package io.witan.retrieval;

/**
 * A passage with its vector.
 *
 * @param embedder identity of the model that made the vector, stored with it
 * @param vector [dimensions of the embedder], of unit length
 */
public record EmbeddedPassage(PassageDraft passage, String embedder, float[] vector) {}
