package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a cited passage was read: its places, 1 for the best.
 *
 * @param place among the passages that the answer was made from
 * @param byMeaning in the search by meaning alone; null if that did not find it
 * @param byWords in the search by words alone; null if it has no word of the question
 */
@Schema(name = "CitationRanks")
public record CitationRanks(int place, @Nullable Integer byMeaning, @Nullable Integer byWords) {}
