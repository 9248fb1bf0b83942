package io.witan.models.intake;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody lets a file of a model come; null actor: command line.
 *
 * @param source the address without its query, or the file's name
 */
public record IncomingStarted(
    @Nullable PersonId by, UUID id, IncomingModel.Kind kind, String source) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        "model-" + kind.name().toLowerCase(Locale.ROOT) + "-started",
        new Subject("INCOMING_MODEL", id, source));
  }
}
