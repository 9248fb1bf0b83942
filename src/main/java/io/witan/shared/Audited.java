package io.witan.shared;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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
   */
  record Entry(@Nullable UUID actor, String action, @Nullable Subject subject, List<Fact> facts) {
    public Entry {
      facts = List.copyOf(facts);
    }

    public Entry(@Nullable UUID actor, String action, @Nullable Subject subject, Fact... facts) {
      this(actor, action, subject, List.of(facts));
    }
  }

  /**
   * Something about the action that the pages put into words of the reader's language.
   *
   * @param name stable kebab-case noun, such as {@code role}
   * @param value of an enumeration or a number; never content, credentials or unverified input
   * @param about whom or what else it concerns, null for the subject of the entry
   */
  @Schema(name = "AuditFact")
  record Fact(String name, String value, @Nullable Subject about) {
    public static Fact of(String name, Object value) {
      return new Fact(name, value.toString(), null);
    }
  }

  /** What an action was done to or concerns; the label is its name at that time. */
  @Schema(name = "AuditSubject")
  record Subject(String kind, UUID id, String label) {}
}
