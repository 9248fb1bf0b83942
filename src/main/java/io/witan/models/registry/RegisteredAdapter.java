package io.witan.models.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * A LoRA adapter that was added to a model.
 *
 * @param modelId the model that it changes
 * @param sha256 of the file, in hexadecimal
 * @param matrices of the model that it changes
 * @param present whether its file is on this machine
 */
@Schema(name = "RegisteredAdapter")
public record RegisteredAdapter(
    UUID id,
    UUID modelId,
    String name,
    String sha256,
    long bytes,
    String fileName,
    int matrices,
    boolean present,
    Instant addedAt) {}
