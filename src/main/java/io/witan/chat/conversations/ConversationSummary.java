package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a list.
 *
 * @param title made from its first question; empty before there is one
 */
@Schema(name = "ConversationSummary")
record ConversationSummary(
    UUID id,
    String title,
    boolean pinned,
    Instant createdAt,
    Instant updatedAt,
    @Nullable UUID assistantId) {}
