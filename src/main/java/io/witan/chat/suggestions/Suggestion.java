package io.witan.chat.suggestions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * A question that the documents can answer.
 *
 * @param collectionId where its answer is
 */
@Schema(name = "Suggestion")
record Suggestion(String question, UUID collectionId) {}
