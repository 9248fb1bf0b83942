package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The generator models of the installation: a row for each in the database, its file in the state
 * directory.
 */
@Service
public class ModelRegistry {
  static final int MOST_NAME = 100;

  private final ModelRepository repository;
  private final AdapterRepository adapters;
  private final ModelStore store;
  private final Distribution distribution;
  private final KnownModels known;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ModelRegistry(
      ModelRepository repository,
      AdapterRepository adapters,
      ModelStore store,
      Distribution distribution,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.adapters = adapters;
    this.store = store;
    this.distribution = distribution;
    this.known = new KnownModels(repository, store, distribution);
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.clock = clock;
  }

  /**
   * What the administrator says of a new model.
   *
   * @param name null for the name in the file
   * @param licence null for the licence in the file
   * @param sha256 that its file must have, in hexadecimal; null if it is not known
   */
  public record Wanted(@Nullable String name, @Nullable String licence, @Nullable String sha256) {
    private static final int MOST_LICENCE = 200;

    public Wanted {
      name = given(name);
      licence = given(licence);
      sha256 = given(sha256);
      if (name != null && name.length() > MOST_NAME) {
        throw new InvalidInput("name", "must have 1 to " + MOST_NAME + " characters");
      }
      if (licence != null && licence.length() > MOST_LICENCE) {
        throw new InvalidInput("licence", "may have at most " + MOST_LICENCE + " characters");
      }
      sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
      if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
        throw new InvalidInput("sha256", "must have 64 hexadecimal digits");
      }
    }

    public Wanted(@Nullable String name, @Nullable String licence) {
      this(name, licence, null);
    }

    private static @Nullable String given(@Nullable String text) {
      return text == null || text.isBlank() ? null : text.strip();
    }

    void requireContent(String fileName, String found) {
      if (sha256 != null && !sha256.equals(found)) {
        throw new ChecksumDiffers(fileName, sha256, found);
      }
    }
  }

  /**
   * All models, by name: that of the distribution too, whether or not it was ever activated, but
   * none of a distribution that is gone.
   */
  public List<RegisteredModel> all() {
    return known.all();
  }

  /** The model of the distribution, if there is one. */
  public Optional<RegisteredModel> builtIn() {
    return known.builtIn();
  }

  /** Whether a model is of a distribution, of this one or of one that was here before. */
  public boolean isBuiltIn(ModelId id) {
    return repository.find(id).filter(KnownModels::isOfDistribution).isPresent();
  }

  /**
   * Sees that the model of the distribution has a row, so that it can be active; joins the caller's
   * transaction. Rows of earlier distributions, none of them active, make way.
   */
  void keepBuiltIn(RegisteredModel model) {
    if (model.builtIn() == null || repository.withContent(model.sha256()).isPresent()) {
      return;
    }
    repository.all().stream()
        .filter(row -> KnownModels.isOfDistribution(row) && !known.has(row.sha256()))
        .forEach(row -> repository.delete(row.id()));
    if (repository.named(model.name()).isPresent()) {
      throw new ModelNameTaken(model.name());
    }
    distribution.model().ifPresent(bundled -> repository.insert(bundled.row(), null));
  }

  /**
   * The model of that id or name, whatever its case.
   *
   * @throws ModelNotFound if there is none
   */
  public RegisteredModel find(String nameOrId) {
    return known.model(known.row(nameOrId));
  }

  /**
   * Copies a GGUF file into the state directory, after which the given one is not needed. The parts
   * of a split one are joined.
   *
   * @param by who adds it; null for the command line
   * @param file of a split model the first part
   * @param progress told how many bytes are copied
   * @throws UnusableModel if it cannot be read or the engine cannot run it
   * @throws ModelAlreadyAdded if the same content is there
   * @throws ModelNameTaken if another model has the name
   * @throws NoRoomForModel if the disk is full
   */
  public RegisteredModel add(
      @Nullable PersonId by, Path file, Wanted wanted, LongConsumer progress) {
    var fileName = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UnusableModel(fileName, "it is no file that can be read here");
    }
    try {
      var source = ModelSource.of(file, wanted);
      ModelDescription.tryOut(file, fileName); // before gigabytes are copied
      var copy = source.copyTo(store, progress);
      try {
        wanted.requireContent(fileName, copy.sha256());
        var row = ModelDescription.row(copy, source.fileName(), wanted, now());
        return transaction.execute(status -> insert(by, row, copy, added -> {}));
      } finally {
        store.discard(copy);
      }
    } catch (IOException unreadable) {
      throw new UnusableModel(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * Refuses early what could not be added later.
   *
   * @throws ModelAlreadyAdded if a file with this content is there
   * @throws ModelNameTaken if another model has the name
   */
  public void requireFree(Wanted wanted) {
    known.requireFree(wanted);
  }

  /** Where files lie that {@link #adopt} may take. */
  public Path incoming() {
    return store.incoming();
  }

  /**
   * Takes a file of the folder {@link #incoming} as it is, without copying it. If another model has
   * the name, the new one gets a number.
   *
   * @param progress told how many bytes were looked through
   * @param recorded called in the transaction that adds the model
   * @throws UnusableModel if it cannot be read or the engine cannot run it
   * @throws ModelAlreadyAdded if the same content is there
   * @throws ChecksumDiffers if its content is another one than was wanted
   */
  public RegisteredModel adopt(
      @Nullable PersonId by,
      Path file,
      String fileName,
      Wanted wanted,
      LongConsumer progress,
      Consumer<RegisteredModel> recorded) {
    try {
      var copy = ModelStore.measure(file, progress);
      wanted.requireContent(fileName, copy.sha256());
      ModelDescription.tryOut(file, fileName);
      var row = ModelDescription.row(copy, fileName, wanted, now());
      return transaction.execute(
          status -> insert(by, row.named(known.freeName(row.name())), copy, recorded));
    } catch (IOException unreadable) {
      throw new UnusableModel(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private RegisteredModel insert(
      @Nullable PersonId by,
      ModelRepository.Row row,
      ModelStore.Copy copy,
      Consumer<RegisteredModel> recorded) {
    var same = repository.withContent(row.sha256());
    if (same.isPresent()) {
      if (!known.has(row.sha256())) {
        recorded.accept(known.model(same.get()));
        keep(copy); // the row was there, its file was lost
        return known.model(same.get());
      }
      throw new ModelAlreadyAdded(known.model(same.get()));
    }
    if (repository.named(row.name()).isPresent()) {
      throw new ModelNameTaken(row.name());
    }
    repository.insert(row, by);
    events.publishEvent(new ModelAdded(by, row.id(), row.name(), row.sha256()));
    recorded.accept(row.model(true, null));
    keep(copy); // last, for it cannot be undone
    return known.model(row);
  }

  private void keep(ModelStore.Copy copy) {
    try {
      store.keep(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a model and its adapters, with their files.
   *
   * @param by who removes it; null for the command line
   * @throws ModelNotFound if there is none of that id or name
   * @throws ModelActive if it is the one that shall answer
   */
  public RegisteredModel remove(@Nullable PersonId by, String nameOrId) {
    var changes = new ArrayList<String>();
    var removed =
        transaction.execute(
            status -> {
              var row = known.row(nameOrId);
              if (KnownModels.isOfDistribution(row) && known.has(row.sha256())) {
                throw new ModelBuiltIn(row.name());
              }
              adapters.of(row.id().value()).forEach(adapter -> changes.add(adapter.sha256()));
              repository.deleteInactive(row);
              events.publishEvent(new ModelRemoved(by, row.id(), row.name()));
              return known.model(row);
            });
    try {
      store.delete(removed.sha256());
      for (String sha256 : changes) {
        if (!adapters.usesContent(sha256)) {
          store.delete(sha256);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return removed;
  }

  /** Where the file of a model lies, if it is on this machine. */
  public Path file(RegisteredModel model) {
    return known.file(model);
  }
}
