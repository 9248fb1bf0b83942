package io.witan.models.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model that was added.
 *
 * @param sha256 of the file, in hexadecimal
 * @param licence as the administrator or the file says, else empty
 * @param format of most of the weights, such as Q8_0
 * @param activeParameters numbers that one token meets
 * @param experts of each layer, 0 for a dense model
 * @param contextTokens the longest text that the model was made for
 * @param chatTemplate whether the file says how a conversation is written
 * @param cacheBytesPerToken keys and values of one token of a text
 * @param memoryBytes that it takes with {@code memoryContextTokens} of context
 * @param present whether its file is on this machine
 * @param builtIn what is known of the model that the distribution brings; null for others
 */
@Schema(name = "RegisteredModel")
public record RegisteredModel(
    UUID id,
    String name,
    String sha256,
    long bytes,
    String fileName,
    String licence,
    String architecture,
    String format,
    long parameters,
    long activeParameters,
    int experts,
    int expertsUsed,
    int contextTokens,
    int vocabulary,
    boolean chatTemplate,
    long cacheBytesPerToken,
    long memoryBytes,
    int memoryContextTokens,
    boolean present,
    Instant addedAt,
    @Nullable BuiltIn builtIn) {}
