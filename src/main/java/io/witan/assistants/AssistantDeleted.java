package io.witan.assistants;

import io.witan.identity.PersonId;

/** An assistant was deleted with all its versions. */
public record AssistantDeleted(AssistantId id, PersonId by, String name) {}
