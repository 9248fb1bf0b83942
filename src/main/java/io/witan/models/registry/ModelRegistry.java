package io.witan.models.registry;

import io.witan.identity.PersonId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
  private final ModelRepository repository;
  private final ModelStore store;
  private final Distribution distribution;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ModelRegistry(
      ModelRepository repository,
      ModelStore store,
      Distribution distribution,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
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
   */
  public record Wanted(@Nullable String name, @Nullable String licence) {}

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
        var row = ModelDescription.row(copy, fileName, wanted, clock.instant());
        return transaction.execute(status -> insert(by, row, copy));
      } finally {
        store.discard(copy);
      }
    } catch (IOException unreadable) {
      throw new UnusableModel(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  private RegisteredModel insert(
      @Nullable PersonId by, ModelRepository.Row row, ModelStore.Copy copy) {
    var same = repository.withContent(row.sha256());
    if (same.isPresent()) {
      if (!has(row.sha256())) {
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
    keep(copy);
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
   * Removes a model and its file.
   *
   * @param by who removes it; null for the command line
   * @throws ModelNotFound if there is none of that id or name
   * @throws ModelActive if it is the one that shall answer
   */
  public RegisteredModel remove(@Nullable PersonId by, String nameOrId) {
    var removed =
        transaction.execute(
            status -> {
              var row = row(nameOrId);
              if (isOfDistribution(row) && has(row.sha256())) {
                throw new ModelBuiltIn(row.name());
              }
              delete(row);
              events.publishEvent(new ModelRemoved(by, row.id(), row.name()));
              return model(row);
            });
    try {
      store.delete(removed.sha256());
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
