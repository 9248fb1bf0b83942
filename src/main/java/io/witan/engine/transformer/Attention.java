package io.witan.engine.transformer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first half of a block.
 *
 * @param projections one that makes queries, keys and values together, or one for each
 * @param queryNorm normalises queries before they turn, or null
 * @param keyNorm as {@code queryNorm} for keys
 */
record Attention(
    List<Projection> projections,
    @Nullable Projection queryNorm,
    @Nullable Projection keyNorm,
    Projection output) {}
