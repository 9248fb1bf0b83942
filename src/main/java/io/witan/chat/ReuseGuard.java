package io.witan.chat;

import io.witan.catalogue.CollectionDeleted;
import io.witan.catalogue.CollectionPermissionsChanged;
import io.witan.identity.IdentityEvent.GroupChanged;
import io.witan.identity.IdentityEvent.PersonChanged;
import io.witan.models.generation.Generators;
import io.witan.retrieval.SourcesRemoved;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets the model forget what it computed for passages when somebody may no longer read them, or a
 * document goes: the one of this process as soon as that is committed, those of other processes as
 * soon as they hear of it.
 */
@Component
class ReuseGuard {
  private final Generators generators;
  private final ReuseNews news;

  ReuseGuard(Generators generators, ReuseNews news) {
    this.generators = generators;
    this.news = news;
  }

  /** In the transaction of the change, so that neither comes without the other. */
  @TransactionalEventListener(
      classes = {
        CollectionPermissionsChanged.class,
        CollectionDeleted.class,
        SourcesRemoved.class,
        GroupChanged.class,
        PersonChanged.class
      },
      phase = TransactionPhase.BEFORE_COMMIT,
      fallbackExecution = true)
  void tellOthers() {
    news.tell();
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
