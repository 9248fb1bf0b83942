package io.witan.models.intake;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import java.util.UUID;

/** Somebody stopped a file of a model that was on its way, and threw away what had come. */
public record IncomingDiscarded(PersonId by, UUID id, String source) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by.value(), "incoming-model-discarded", new Subject("INCOMING_MODEL", id, source));
  }
}
