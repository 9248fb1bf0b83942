package io.witan.retrieval.packing;

import io.witan.catalogue.TextVersionId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage at its place in its text, found or beside one that was.
 *
 * @param ordinal its place among the passages of the text version
 * @param start offset in the text version of the first UTF-16 code unit of {@code text}
 */
public record NearbyPassage(
    UUID passageId,
    TextVersionId textVersionId,
    int ordinal,
    String headingPath,
    String language,
    @Nullable Integer page,
    int start,
    int end,
    String text) {}
