package io.witan.shared;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that the audit log keeps, published inside the transaction of what it reports.
 *
 * <p>Implementing this is all a module does to be audited; nothing is lost when the transaction
 * commits, nothing is claimed when it does not.
 */
public interface Audited {

  /** What the log keeps of the event. */
  Entry audited();

  /**
   * One line of the audit log.
   *
   * @param actor the person who did it, null for nobody known and for the product itself
   * @param action stable kebab-case verb phrase, such as {@code person-created}
   * @param detail what changed, for people; never content, credentials or unverified input
   */
  record Entry(@Nullable UUID actor, String action, @Nullable Subject subject, String detail) {}

  /** What an action was done to; the label is its name at that time. */
  record Subject(String kind, UUID id, String label) {}
}
