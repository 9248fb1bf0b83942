package io.witan.retrieval.ranking;

import java.util.UUID;

/**
 * A passage that words or vectors found.
 *
 * @param language whose embedder made its vector
 * @param bm25 0 if it has no word of the query
 * @param coverage 0 to 1: the part of the query's inverse document frequency that it has
 * @param cosine of the query and the passage in the space of its embedder; 0 without a vector
 */
public record Candidate(
    UUID passage, String language, double bm25, double coverage, double cosine) {}
