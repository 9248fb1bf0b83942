package io.witan.documents;

import java.util.UUID;

/** The person who uploaded something. */
public record Uploader(UUID id, String name) {}
