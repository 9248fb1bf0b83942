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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
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
    var rows = new ArrayList<ModelRepository.Row>();
    for (var row : repository.all()) {
      if (!isOfDistribution(row) || has(row.sha256())) {
        rows.add(row);
      }
    }
    distribution
        .model()
        .map(Distribution.Bundled::row)
        .filter(row -> rows.stream().noneMatch(it -> it.sha256().equals(row.sha256())))
        .ifPresent(rows::add);
    return rows.stream()
        .sorted(Comparator.comparing(ModelRepository.Row::name))
        .map(this::model)
        .toList();
  }

  /** The model of the distribution, if there is one. */
  public Optional<RegisteredModel> builtIn() {
    return distribution.model().map(bundled -> model(bundled.row()));
  }

  /** Whether a model is of a distribution, of this one or of one that was here before. */
  public boolean isBuiltIn(ModelId id) {
    return repository.find(id).filter(ModelRegistry::isOfDistribution).isPresent();
  }

  private static boolean isOfDistribution(ModelRepository.Row row) {
    return row.id().equals(Distribution.id(row.sha256()));
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
        .filter(row -> isOfDistribution(row) && !has(row.sha256()))
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
    return model(row(nameOrId));
  }

  /**
   * Copies a GGUF file into the state directory, after which the given one is not needed.
   *
   * @param by who adds it; null for the command line
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
      ModelDescription.tryOut(file, fileName); // before gigabytes are copied
      var copy = store.copy(file, progress);
      try {
        wanted.requireContent(fileName, copy.sha256());
        var row = ModelDescription.row(copy, fileName, wanted, now());
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
    var sha256 = wanted.sha256();
    if (sha256 != null && has(sha256)) {
      repository
          .withContent(sha256)
          .ifPresent(
              same -> {
                throw new ModelAlreadyAdded(model(same));
              });
    }
    var name = wanted.name();
    if (name != null && repository.named(name).isPresent()) {
      throw new ModelNameTaken(name);
    }
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
          status -> insert(by, row.named(freeName(row.name())), copy, recorded));
    } catch (IOException unreadable) {
      throw new UnusableModel(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private String freeName(String name) {
    var free = name;
    for (int number = 2; repository.named(free).isPresent(); number++) {
      var end = " " + number;
      free = name.substring(0, Math.min(name.length(), MOST_NAME - end.length())) + end;
    }
    return free;
  }

  private RegisteredModel insert(
      @Nullable PersonId by,
      ModelRepository.Row row,
      ModelStore.Copy copy,
      Consumer<RegisteredModel> recorded) {
    var same = repository.withContent(row.sha256());
    if (same.isPresent()) {
      if (!has(row.sha256())) {
        recorded.accept(model(same.get()));
        keep(copy); // the row was there, its file was lost
        return model(same.get());
      }
      throw new ModelAlreadyAdded(model(same.get()));
    }
    if (repository.named(row.name()).isPresent()) {
      throw new ModelNameTaken(row.name());
    }
    repository.insert(row, by);
    events.publishEvent(new ModelAdded(by, row.id(), row.name(), row.sha256()));
    recorded.accept(row.model(true, null));
    keep(copy); // last, for it cannot be undone
    return model(row);
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
              var row = row(nameOrId);
              if (isOfDistribution(row) && has(row.sha256())) {
                throw new ModelBuiltIn(row.name());
              }
              adapters.of(row.id().value()).forEach(adapter -> changes.add(adapter.sha256()));
              delete(row);
              events.publishEvent(new ModelRemoved(by, row.id(), row.name()));
              return model(row);
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

  private void delete(ModelRepository.Row row) {
    try {
      repository.delete(row.id());
    } catch (DataIntegrityViolationException referenced) { // by active_model, and nothing else
      throw new ModelActive(row.name());
    }
  }

  /** Where the file of a model lies, if it is on this machine. */
  public Path file(RegisteredModel model) {
    return distribution
        .model()
        .filter(bundled -> bundled.row().sha256().equals(model.sha256()))
        .map(Distribution.Bundled::file)
        .orElseGet(() -> store.path(model.sha256()));
  }

  private boolean has(String sha256) {
    return store.has(sha256)
        || distribution.model().filter(it -> it.row().sha256().equals(sha256)).isPresent();
  }

  private ModelRepository.Row row(String nameOrId) {
    var named = repository.named(nameOrId);
    if (named.isPresent()) {
      return named.get();
    }
    var bundled =
        distribution
            .model()
            .map(Distribution.Bundled::row)
            .filter(
                row ->
                    row.name().equalsIgnoreCase(nameOrId) || row.id().toString().equals(nameOrId));
    if (bundled.isPresent()) {
      return bundled.get();
    }
    try {
      return repository
          .find(new ModelId(UUID.fromString(nameOrId)))
          .orElseThrow(() -> new ModelNotFound(nameOrId));
    } catch (IllegalArgumentException noId) {
      throw new ModelNotFound(nameOrId);
    }
  }

  private RegisteredModel model(ModelRepository.Row row) {
    var builtIn =
        distribution
            .model()
            .filter(bundled -> bundled.row().sha256().equals(row.sha256()))
            .map(Distribution.Bundled::known);
    return row.model(has(row.sha256()), builtIn.orElse(null));
  }
}
