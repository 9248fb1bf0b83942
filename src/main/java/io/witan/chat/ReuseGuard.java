package io.witan.chat;

import io.witan.catalogue.CollectionDeleted;
import io.witan.catalogue.CollectionPermissionsChanged;
import io.witan.identity.IdentityEvent.GroupChanged;
import io.witan.identity.IdentityEvent.PersonChanged;
import io.witan.models.generation.Generators;
import io.witan.retrieval.SourcesRemoved;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets the model forget what it computed for passages when somebody may no longer read them, or a
 * document goes.
 */
@Component
class ReuseGuard {
  private final Generators generators;

  ReuseGuard(Generators generators) {
    this.generators = generators;
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(CollectionPermissionsChanged event) {
    generators.forgetPrivate();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(CollectionDeleted event) {
    generators.forgetPrivate();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(SourcesRemoved event) {
    generators.forgetPrivate();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(GroupChanged event) {
    generators.forgetPrivate();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(PersonChanged event) {
    generators.forgetPrivate();
  }
}
