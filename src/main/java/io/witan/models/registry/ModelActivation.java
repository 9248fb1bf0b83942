package io.witan.models.registry;

import io.witan.identity.PersonId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which model shall answer: one row, so that every process of the installation follows it, whoever
 * changed it.
 */
@Service
public class ModelActivation {
  private final JdbcClient jdbc;
  private final ModelRegistry registry;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ModelActivation(
      JdbcClient jdbc,
      ModelRegistry registry,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.registry = registry;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.clock = clock;
  }

  /**
   * What shall be.
   *
   * @param model of this machine; null for none
   * @param remote the generator elsewhere; null for none. Quotes if both are null
   * @param changedAt differs each time that somebody activates a model, also the same one
   */
  public record Wanted(@Nullable ModelId model, @Nullable UUID remote, Instant changedAt) {}

  /** What shall be now. */
  public Wanted wanted() {
    return jdbc.sql("select model_id, remote_id, changed_at from models.active_model")
        .query(
            (row, number) -> {
              var id = row.getObject("model_id", UUID.class);
              return new Wanted(
                  id == null ? null : new ModelId(id),
                  row.getObject("remote_id", UUID.class),
                  row.getTimestamp("changed_at").toInstant());
            })
        .single();
  }

  /** The model that shall answer, if any. */
  public Optional<RegisteredModel> active() {
    return Optional.ofNullable(wanted().model()).map(id -> registry.find(id.toString()));
  }

  /**
   * Makes a model the one that shall answer. Processes load it by themselves, so it may still fail.
   *
   * @param by who does; null for the command line
   * @throws ModelNotFound if there is none of that id or name
   * @throws ModelFileMissing if its file is not here
   */
  public RegisteredModel activate(@Nullable PersonId by, String nameOrId) {
    return transaction.execute(
        status -> {
          var model = registry.find(nameOrId);
          if (!model.present()) {
            throw new ModelFileMissing(model.name());
          }
          keep(model);
          set(by, model.id(), null);
          events.publishEvent(new ModelActivated(by, new ModelId(model.id()), model.name()));
          return model;
        });
  }

  /**
   * One of the distribution is kept with its first activation; what it replaces is let go first.
   */
  private void keep(RegisteredModel model) {
    var active = wanted().model();
    if (model.builtIn() != null && active != null && registry.isBuiltIn(active)) {
      jdbc.sql("update models.active_model set model_id = null").update();
    }
    registry.keepBuiltIn(model);
  }

  /**
   * Lets the model of the distribution write where that is the default: where it passed the gate
   * and nobody ever chose, or in the place of one of an earlier distribution.
   *
   * @return the model that was activated, if any
   */
  public Optional<RegisteredModel> followDistribution() {
    var bundled = registry.builtIn();
    if (bundled.isEmpty()) {
      return bundled;
    }
    var model = bundled.get();
    var known = model.builtIn();
    boolean good = known != null && known.gatePassed();
    var active = wanted().model();
    boolean newer =
        active != null && !active.value().equals(model.id()) && registry.isBuiltIn(active);
    boolean first = good && isFresh();
    return newer || first ? Optional.of(activate(null, model.id().toString())) : Optional.empty();
  }

  /** Whether nobody ever activated or deactivated anything. */
  private boolean isFresh() {
    return jdbc.sql("select not chosen from models.active_model").query(Boolean.class).single();
  }

  /**
   * Makes a remote generator the one that shall answer; joins the caller's transaction, which
   * checks and reports.
   */
  public void wantRemote(@Nullable PersonId by, UUID remote) {
    set(by, null, remote);
  }

  /** The name of what shall answer, here or elsewhere, if anything. */
  public Optional<String> activeName() {
    return jdbc.sql(
            """
            select coalesce(m.name, r.name) as name
              from models.active_model a
              left join models.model m on m.id = a.model_id
              left join models.remote_generator r on r.id = a.remote_id
             where m.id is not null or r.id is not null
            """)
        .query(String.class)
        .optional();
  }

  /**
   * Goes back to quotes.
   *
   * @param by who does; null for the command line
   * @return the name of what was to answer, if anything
   */
  public Optional<String> deactivate(@Nullable PersonId by) {
    return transaction.execute(
        status -> {
          var was = wanted();
          var name = activeName();
          var id = was.model() == null ? was.remote() : was.model().value();
          if (name.isPresent() && id != null) {
            set(by, null, null);
            events.publishEvent(
                new ModelDeactivated(by, new ModelId(id), name.get(), was.remote() != null));
          }
          return name;
        });
  }

  private void set(@Nullable PersonId by, @Nullable UUID model, @Nullable UUID remote) {
    jdbc.sql(
            """
            update models.active_model
               set model_id = ?, remote_id = ?, changed_at = ?, changed_by = ?, chosen = true
            """)
        .param(model)
        .param(remote)
        .param(java.sql.Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
        .param(by == null ? null : by.value())
        .update();
  }
}
