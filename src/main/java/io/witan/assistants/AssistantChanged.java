package io.witan.assistants;

import io.witan.identity.PersonId;

/** An assistant was created (version 1) or changed. */
public record AssistantChanged(AssistantId id, int version, PersonId by, String name) {}
