package io.witan.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is read or written; handed explicitly from the controller to the query.
 *
 * <p>A scope holds who asks, never what they may read: that is looked up by the database in the
 * transaction that uses it, so a permission that was taken away a moment ago is gone.
 */
public sealed interface AccessScope {

  /** A signed-in person. */
  record Person(PersonId id, boolean administrator) implements AccessScope {}

  /** Background work of the product itself, such as indexing; never made from a request. */
  record Worker(String task) implements AccessScope {}

  /** Nobody: reads nothing. */
  record Nobody() implements AccessScope {}

  static AccessScope of(PersonId id, boolean administrator) {
    return new Person(id, administrator);
  }

  static AccessScope worker(String task) {
    return new Worker(task);
  }

  static AccessScope nobody() {
    return new Nobody();
  }

  /** The person's id, or null for a worker and for nobody. */
  default @Nullable UUID personId() {
    return this instanceof Person person ? person.id().value() : null;
  }

  /**
   * The person asking.
   *
   * @throws IllegalStateException if this is no person's scope
   */
  default PersonId requirePerson() {
    if (this instanceof Person person) {
      return person.id();
    }
    throw new IllegalStateException("needs a signed-in person, not " + this);
  }

  default boolean isAdministrator() {
    return this instanceof Person person && person.administrator();
  }
}
