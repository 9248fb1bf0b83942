package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelFile;
import io.witan.engine.ModelInspection;
import io.witan.identity.PersonId;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
  private static final int MOST_NAME = 100;

  /** Room for a few tokens: enough to see whether the engine takes the file. */
  private static final int TRIAL_TOKENS = 64;

  private final ModelRepository repository;
  private final AdapterRepository adapters;
  private final ModelStore store;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ModelRegistry(
      ModelRepository repository,
      AdapterRepository adapters,
      ModelStore store,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.adapters = adapters;
    this.store = store;
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

  /** All models, by name. */
  public List<RegisteredModel> all() {
    return repository.all().stream().map(this::model).toList();
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
      tryOut(file, fileName); // before gigabytes are copied
      var copy = store.copy(file, progress);
      try {
        var row = row(copy, fileName, wanted);
        return transaction.execute(status -> insert(by, row, copy));
      } finally {
        store.discard(copy);
      }
    } catch (IOException unreadable) {
      throw new UnusableModel(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  private static void tryOut(Path file, String fileName) {
    var options =
        EngineOptions.defaults().withContextTokens(TRIAL_TOKENS).withCacheTokens(TRIAL_TOKENS);
    try (var model = LanguageModel.load(file, options)) {
      model.tokenizer();
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  private ModelRepository.Row row(ModelStore.Copy copy, String fileName, Wanted wanted) {
    try (var opened = ModelFile.open(copy.path())) {
      var inspected = opened.inspect();
      var told = wanted.licence();
      var licence = told != null ? told : opened.metadata().getOrDefault("general.license", "");
      return new ModelRepository.Row(
          new ModelId(UUID.randomUUID()),
          checkedName(wanted.name(), inspected, fileName),
          copy.sha256(),
          copy.bytes(),
          fileName,
          licence.strip(),
          inspected.architecture(),
          inspected.formats().keySet().stream().findFirst().orElse(""),
          inspected.parameters(),
          inspected.activeParameters(),
          inspected.experts(),
          inspected.expertsUsed(),
          inspected.contextTokens(),
          inspected.vocabulary(),
          inspected.hasChatTemplate(),
          inspected.memory().cacheBytesPerToken(),
          clock.instant().truncatedTo(ChronoUnit.MICROS));
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  private static String checkedName(
      @Nullable String wanted, ModelInspection inspected, String fileName) {
    if (wanted != null) {
      var name = wanted.strip();
      if (name.isEmpty() || name.length() > MOST_NAME) {
        throw new InvalidInput("name", "must have 1 to " + MOST_NAME + " characters");
      }
      return name;
    }
    var own = inspected.name().isBlank() ? fileName : inspected.name().strip();
    return own.substring(0, Math.min(MOST_NAME, own.length()));
  }

  private RegisteredModel insert(
      @Nullable PersonId by, ModelRepository.Row row, ModelStore.Copy copy) {
    var same = repository.withContent(row.sha256());
    if (same.isPresent()) {
      if (!store.has(row.sha256())) {
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
    return store.path(model.sha256());
  }

  private ModelRepository.Row row(String nameOrId) {
    var named = repository.named(nameOrId);
    if (named.isPresent()) {
      return named.get();
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
    return row.model(store.has(row.sha256()));
  }
}
