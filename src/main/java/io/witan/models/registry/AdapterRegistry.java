package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.identity.PersonId;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The adapters of the installation's models: as {@link ModelRegistry} keeps those. */
@Service
public class AdapterRegistry {
  private static final int MOST_NAME = 64;
  private static final int TRIAL_TOKENS = 64;
  private static final String GGUF = ".gguf";

  private final AdapterRepository repository;
  private final ModelRegistry models;
  private final ModelStore store;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  AdapterRegistry(
      AdapterRepository repository,
      ModelRegistry models,
      ModelStore store,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.models = models;
    this.store = store;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.clock = clock;
  }

  /** The adapters of a model, by name. */
  public List<RegisteredAdapter> of(UUID model) {
    return repository.of(model).stream().map(this::seen).toList();
  }

  /** How large the files of a model's adapters are, as far as they are on this machine. */
  public long bytesOf(RegisteredModel model) {
    return of(model.id()).stream()
        .filter(RegisteredAdapter::present)
        .mapToLong(RegisteredAdapter::bytes)
        .sum();
  }

  /**
   * Checks a LoRA adapter (GGUF) against its model and copies it into the state directory.
   *
   * @param by who adds it; null for the command line
   * @param fileName what the file was called where it came from
   * @param name null for the file's name
   * @throws ModelNotFound if there is no model of that id or name
   * @throws ModelFileMissing if the model's file is not here, so that nothing can be checked
   * @throws UnusableAdapter if it is none, or was not made for this model
   * @throws AdapterNameTaken if the model has one of that name or content
   * @throws ModelNameTaken if the model is built in, not yet kept, and another has its name
   */
  public RegisteredAdapter add(
      @Nullable PersonId by,
      String modelNameOrId,
      Path file,
      String fileName,
      @Nullable String name) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UnusableAdapter(fileName, "it is no file that can be read here");
    }
    try (var in = Files.newInputStream(file)) {
      return add(by, modelNameOrId, in, Files.size(file), fileName, name);
    } catch (IOException unreadable) {
      throw new UnusableAdapter(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * The same with what comes over a connection. Nothing of it stays if it is refused or ends early.
   *
   * @param bytes how many come, as far as that is known, else less than 0
   * @throws NoRoomForModel if the disk lacks room for so many
   */
  RegisteredAdapter add(
      @Nullable PersonId by,
      String modelNameOrId,
      InputStream in,
      long bytes,
      String fileName,
      @Nullable String name) {
    var model = models.find(modelNameOrId);
    if (!model.present()) {
      throw new ModelFileMissing(model.name());
    }
    var checked = checkedName(name, fileName);
    try {
      var copy = store.copy(in, bytes, count -> {});
      try {
        int matrices = tryOut(model, copy.path(), fileName);
        var adapter =
            new RegisteredAdapter(
                UUID.randomUUID(),
                model.id(),
                checked,
                copy.sha256(),
                copy.bytes(),
                fileName,
                matrices,
                true,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        return transaction.execute(status -> insert(by, model, adapter, copy));
      } finally {
        store.discard(copy);
      }
    } catch (IOException unreadable) {
      throw new UnusableAdapter(fileName, String.valueOf(unreadable.getMessage()));
    }
  }

  private RegisteredAdapter insert(
      @Nullable PersonId by,
      RegisteredModel model,
      RegisteredAdapter adapter,
      ModelStore.Copy copy) {
    models.keepBuiltIn(model);
    for (var other : repository.of(model.id())) {
      if (other.name().equalsIgnoreCase(adapter.name())
          || other.sha256().equals(adapter.sha256())) {
        throw new AdapterNameTaken(model.name(), other.name());
      }
    }
    repository.insert(adapter, by);
    events.publishEvent(
        new AdapterAdded(by, new ModelId(adapter.id()), model.name() + ":" + adapter.name()));
    try {
      store.keep(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return adapter;
  }

  private int tryOut(RegisteredModel model, Path file, String fileName) {
    var options =
        EngineOptions.defaults().withContextTokens(TRIAL_TOKENS).withCacheTokens(TRIAL_TOKENS);
    try (var base = LanguageModel.load(models.file(model), options);
        var adapter = base.loadAdapter(file)) {
      return adapter.matrices();
    } catch (EngineException unfit) {
      var cause = String.valueOf(unfit.getMessage()).replace(file.toString(), fileName);
      throw new UnusableAdapter(fileName, cause);
    }
  }

  private static String checkedName(@Nullable String wanted, String fileName) {
    var name = wanted == null || wanted.isBlank() ? withoutEnding(fileName) : wanted.strip();
    if (name.isEmpty()
        || name.length() > MOST_NAME
        || name.indexOf(':') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput("name", "must have 1 to " + MOST_NAME + " characters and no colon");
    }
    return name;
  }

  private static String withoutEnding(String fileName) {
    return fileName.endsWith(GGUF)
        ? fileName.substring(0, fileName.length() - GGUF.length())
        : fileName;
  }

  /**
   * Removes an adapter and its file. What is being written with it is finished.
   *
   * @param by who removes it; null for the command line
   * @throws AdapterNotFound if there is none of that id
   */
  public RegisteredAdapter remove(@Nullable PersonId by, UUID id) {
    var removed =
        transaction.execute(
            status -> {
              var adapter =
                  repository.find(id).orElseThrow(() -> new AdapterNotFound(id.toString()));
              var model = models.find(adapter.modelId().toString());
              repository.delete(id);
              events.publishEvent(
                  new AdapterRemoved(by, new ModelId(id), model.name() + ":" + adapter.name()));
              return adapter;
            });
    forgetFile(removed.sha256());
    return removed;
  }

  /**
   * The adapter of a model by its name, whatever its case.
   *
   * @throws AdapterNotFound if there is none
   */
  public RegisteredAdapter find(RegisteredModel model, String name) {
    return of(model.id()).stream()
        .filter(adapter -> adapter.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new AdapterNotFound(name));
  }

  /** Deletes a file that no adapter needs any more. */
  private void forgetFile(String sha256) {
    try {
      if (!repository.usesContent(sha256)) {
        store.delete(sha256);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the file of an adapter lies, if it is on this machine. */
  public Path file(RegisteredAdapter adapter) {
    return store.path(adapter.sha256());
  }

  private RegisteredAdapter seen(RegisteredAdapter row) {
    return new RegisteredAdapter(
        row.id(),
        row.modelId(),
        row.name(),
        row.sha256(),
        row.bytes(),
        row.fileName(),
        row.matrices(),
        store.has(row.sha256()),
        row.addedAt());
  }
}
