package io.witan.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the writing of an answer ended.
 *
 * @param cutOff whether the model had more to say than it may
 * @param reusedTokens of the prompt, which were not read again
 * @param firstToken from the request to the first token; null if there was none
 * @param droppedMarkers citations of passages that do not exist, or may not be shown
 */
public record WritingEnd(
    boolean cutOff,
    int generatedTokens,
    int reusedTokens,
    Duration queued,
    @Nullable Duration firstToken,
    int droppedMarkers) {}
