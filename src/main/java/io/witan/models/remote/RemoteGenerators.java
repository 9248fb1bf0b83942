package io.witan.models.remote;

import io.witan.identity.PersonId;
import io.witan.models.network.KeySeal;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelActive;
import io.witan.models.registry.ModelNameTaken;
import io.witan.models.springai.ChatModelGenerator;
import io.witan.shared.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The remote generators of the installation. Adding one sends nothing anywhere. */
@Service
public class RemoteGenerators {
  private static final int MOST_NAME = 100;
  private static final int MOST_KEY = 4_000;
  private static final int LEAST_CONTEXT = 1_024;
  private static final int MOST_CONTEXT = 4_194_304;
  private final RemoteRepository repository;
  private final RemoteConnections connections;
  private final KeySeal seal;
  private final ModelActivation activation;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  RemoteGenerators(
      RemoteRepository repository,
      RemoteConnections connections,
      KeySeal seal,
      ModelActivation activation,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.connections = connections;
    this.seal = seal;
    this.activation = activation;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.clock = clock;
  }

  /**
   * What an administrator says of a new one. Not written out, for it holds the key.
   *
   * @param key null if it wants none
   */
  public record Wanted(
      String name, String address, String model, int contextTokens, @Nullable String key) {
    @Override
    public String toString() {
      return "a remote generator";
    }
  }

  /**
   * What becomes different; null for what stays. Not written out, for it holds the key.
   *
   * @param key empty to forget the one that is stored
   */
  public record Change(
      @Nullable String name,
      @Nullable String address,
      @Nullable String model,
      @Nullable Integer contextTokens,
      @Nullable String key) {
    @Override
    public String toString() {
      return "a change of a remote generator";
    }
  }

  /** All, by name. */
  public List<RemoteGenerator> all() {
    return repository.all().stream().map(RemoteRepository.Row::shown).toList();
  }

  /**
   * @throws RemoteNotFound if there is none of that id
   */
  public RemoteGenerator find(UUID id) {
    return row(id).shown();
  }

  /**
   * The one of that name, whatever its case, or of that id.
   *
   * @throws RemoteNotFound if there is none
   */
  public RemoteGenerator find(String nameOrId) {
    return repository
        .named(nameOrId)
        .map(RemoteRepository.Row::shown)
        .orElseGet(() -> find(id(nameOrId)));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw new RemoteNotFound();
    }
  }

  /**
   * Keeps a remote generator, which is not asked before it is activated.
   *
   * @param by who adds it; null for the command line
   * @throws InvalidInput if something of it cannot be
   * @throws AddressRefused if no generator can have the address
   * @throws ModelNameTaken if another model has the name
   */
  public RemoteGenerator add(@Nullable PersonId by, Wanted wanted) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var row = checked(UUID.randomUUID(), wanted, now);
    return transaction.execute(
        status -> {
          if (repository.isTaken(row.name())) {
            throw new ModelNameTaken(row.name());
          }
          repository.insert(row, by);
          events.publishEvent(new RemoteAdded(by, row.id(), row.name()));
          return row.shown();
        });
  }

  /**
   * Changes one that does not answer now. Another address needs the key again: who does not know it
   * must not have it sent elsewhere.
   *
   * @throws RemoteNotFound if there is none of that id
   * @throws ModelActive if it is the one that shall answer
   * @throws InvalidInput if something of it cannot be
   * @throws AddressRefused if no generator can have the address
   * @throws ModelNameTaken if another model has the name
   */
  public RemoteGenerator change(PersonId by, UUID id, Change change) {
    return transaction.execute(
        status -> {
          var old = repository.lock(id).orElseThrow(RemoteNotFound::new);
          if (repository.isActive(id)) {
            throw new ModelActive(old.name());
          }
          var row = changed(old, change);
          if (!row.name().equalsIgnoreCase(old.name()) && repository.isTaken(row.name())) {
            throw new ModelNameTaken(row.name());
          }
          repository.update(row);
          events.publishEvent(new RemoteChanged(by, id, row.name()));
          return row.shown();
        });
  }

  private RemoteRepository.Row changed(RemoteRepository.Row old, Change change) {
    var wanted =
        new Wanted(
            change.name() == null ? old.name() : change.name(),
            change.address() == null ? old.address().toString() : change.address(),
            change.model() == null ? old.model() : change.model(),
            change.contextTokens() == null ? old.contextTokens() : change.contextTokens(),
            change.key());
    var row = checked(old.id(), wanted, old.addedAt());
    if (change.key() != null || old.sealedKey() == null) {
      return row;
    }
    if (!row.address().equals(old.address())) {
      throw new InvalidInput("key", "must be given again for another address, or be empty");
    }
    return row.withKey(old.sealedKey());
  }

  private RemoteRepository.Row checked(UUID id, Wanted wanted, Instant addedAt) {
    var address = RemoteAddress.of(wanted.address());
    int context = wanted.contextTokens();
    if (context < LEAST_CONTEXT || context > MOST_CONTEXT) {
      throw new InvalidInput(
          "contextTokens", "must be %,d to %,d".formatted(LEAST_CONTEXT, MOST_CONTEXT));
    }
    var key = wanted.key() == null ? "" : wanted.key().strip();
    if (key.length() > MOST_KEY || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InvalidInput("key", "must be ASCII without spaces");
    }
    return new RemoteRepository.Row(
        id,
        text("name", wanted.name(), MOST_NAME),
        address,
        text("model", wanted.model(), MOST_NAME * 2),
        key.isEmpty() ? null : seal.seal(key, RemoteConnections.purpose(id, address)),
        context,
        addedAt);
  }

  private static String text(String field, String value, int most) {
    var text = value.strip();
    if (text.isEmpty() || text.length() > most || text.chars().anyMatch(c -> c < ' ')) {
      throw new InvalidInput(field, "must have 1 to " + most + " characters");
    }
    return text;
  }

  /**
   * Forgets one and its key.
   *
   * @param by who does; null for the command line
   * @throws RemoteNotFound if there is none of that id
   * @throws ModelActive if it is the one that shall answer
   */
  public void remove(@Nullable PersonId by, UUID id) {
    transaction.executeWithoutResult(
        status -> {
          var row = row(id);
          try {
            repository.delete(id);
          } catch (DataIntegrityViolationException referenced) { // by active_model
            throw new ModelActive(row.name());
          }
          events.publishEvent(new RemoteRemoved(by, id, row.name()));
        });
  }

  /**
   * Makes one the generator that shall answer, in place of any model of this machine.
   *
   * @param by who does; null for the command line
   * @throws RemoteNotFound if there is none of that id
   */
  public RemoteGenerator activate(@Nullable PersonId by, UUID id) {
    return transaction.execute(
        status -> {
          var row = row(id);
          activation.wantRemote(by, id);
          events.publishEvent(new RemoteActivated(by, id, row.name()));
          return row.shown();
        });
  }

  /** Asks one for a word, whether or not it is active. Nothing of any document is sent. */
  public RemoteCheck check(UUID id) {
    var generator = connections.generator(row(id));
    try {
      return RemoteCheck.of(generator);
    } finally {
      generator.close();
    }
  }

  /**
   * The generator that asks it. Connects to nothing before it is asked.
   *
   * @throws RemoteNotFound if there is none of that id
   */
  public ChatModelGenerator generator(UUID id) {
    return connections.generator(row(id));
  }

  private RemoteRepository.Row row(UUID id) {
    return repository.find(id).orElseThrow(RemoteNotFound::new);
  }
}
