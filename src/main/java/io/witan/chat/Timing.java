package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;

/** How long the parts of an answer took. */
@Schema(name = "Timing")
public record Timing(long searchMillis, long writeMillis, long totalMillis) {}
