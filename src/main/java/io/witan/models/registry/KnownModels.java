package io.witan.models.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds models and their files: those that were added, and that of the distribution. */
record KnownModels(ModelRepository repository, ModelStore store, Distribution distribution) {

  /** All, by name; of a distribution that is gone none. */
  List<RegisteredModel> all() {
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

  Optional<RegisteredModel> builtIn() {
    return distribution.model().map(bundled -> model(bundled.row()));
  }

  /** Whether it is of a distribution, of this one or of one that was here before. */
  static boolean isOfDistribution(ModelRepository.Row row) {
    return row.id().equals(Distribution.id(row.sha256()));
  }

  /** Where the file of a model lies, if it is on this machine. */
  Path file(RegisteredModel model) {
    return distribution
        .model()
        .filter(bundled -> bundled.row().sha256().equals(model.sha256()))
        .map(Distribution.Bundled::file)
        .orElseGet(() -> store.path(model.sha256()));
  }

  /** Whether a file with this content is here. */
  boolean has(String sha256) {
    return store.has(sha256)
        || distribution.model().filter(it -> it.row().sha256().equals(sha256)).isPresent();
  }

  /**
   * The one of that id or name, whatever its case.
   *
   * @throws ModelNotFound if there is none
   */
  ModelRepository.Row row(String nameOrId) {
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

  RegisteredModel model(ModelRepository.Row row) {
    var builtIn =
        distribution
            .model()
            .filter(bundled -> bundled.row().sha256().equals(row.sha256()))
            .map(Distribution.Bundled::known);
    return row.model(has(row.sha256()), builtIn.orElse(null));
  }

  /**
   * @throws ModelAlreadyAdded if a file with this content is there
   * @throws ModelNameTaken if another model has the name
   */
  void requireFree(ModelRegistry.Wanted wanted) {
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

  /** The name, with a number if another model has it. */
  String freeName(String name) {
    var free = name;
    for (int number = 2; repository.named(free).isPresent(); number++) {
      var end = " " + number;
      free =
          name.substring(0, Math.min(name.length(), ModelRegistry.MOST_NAME - end.length())) + end;
    }
    return free;
  }
}
