package io.witan.chat.openai;

import io.witan.models.Embedder;
import io.witan.models.Embedders;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Generators;
import io.witan.models.generation.NoGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The models that can be asked, by the names that requests use. */
@Component
class ModelNames {
  /** Between a model's name and that of an adapter. */
  private static final String SEPARATOR = ":";

  private final Generators generators;
  private final Embedders embedders;
  private final long since;

  ModelNames(Generators generators, Embedders embedders, Clock clock) {
    this.generators = generators;
    this.embedders = embedders;
    this.since = clock.instant().getEpochSecond();
  }

  /**
   * A model as that API lists it.
   *
   * @param created when this process began, as no better time is known
   * @param witan what it can do, and the id that names its exact weights
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Model(String id, String object, long created, String ownedBy, ModelNature witan) {}

  /** What a model is, beyond that API. */
  record ModelNature(String kind, String id) {}

  /** All models. */
  record ModelList(String object, List<Model> data) {}

  ModelList list() {
    var models = new ArrayList<Model>();
    models.add(model(ChatParameters.WITAN, "knowledge", ChatParameters.WITAN));
    generators.active().ifPresent(it -> addGenerator(it, models));
    embedders.all().forEach(it -> models.add(model(shortName(it), "embedder", it.id())));
    return new ModelList("list", models);
  }

  private void addGenerator(Generator generator, List<Model> models) {
    var info = generator.info();
    models.add(model(info.name(), "generator", info.id()));
    for (String adapter : generator.adapters()) {
      var choice = new Choice(generator, adapter);
      models.add(model(choice.name(), "generator", choice.id()));
    }
  }

  private Model model(String name, String kind, String id) {
    return new Model(name, "model", since, "witan", new ModelNature(kind, id));
  }

  /**
   * @throws ModelUnknown if there is none of that name or id
   */
  Model find(String name) {
    return list().data().stream()
        .filter(it -> names(name, it.id(), it.witan().id()))
        .findFirst()
        .orElseThrow(() -> new ModelUnknown(name, all()));
  }

  /**
   * A generator, and the adapter that it shall write with.
   *
   * @param adapter null for the model as it is
   */
  record Choice(Generator generator, @Nullable String adapter) {
    String name() {
      return generator.info().name() + suffix();
    }

    String id() {
      return generator.info().id() + suffix();
    }

    private String suffix() {
      return adapter == null ? "" : SEPARATOR + adapter;
    }
  }

  /**
   * The active generator, if that is its name or id, perhaps with that of an adapter behind a
   * colon.
   *
   * @throws NoGenerator if none is active
   * @throws ModelUnknown if another one is, or it has no such adapter
   */
  Choice generator(String name) {
    var active = generators.active().orElseThrow(NoGenerator::new);
    var info = active.info();
    if (names(name, info.name(), info.id())) {
      return new Choice(active, null);
    }
    for (String adapter : active.adapters()) {
      var choice = new Choice(active, adapter);
      if (names(name, choice.name(), choice.id())) {
        return choice;
      }
    }
    throw new ModelUnknown(name, all());
  }

  /**
   * @throws ModelUnknown if no embedder has that name or id
   */
  Embedder embedder(String name) {
    return embedders.all().stream()
        .filter(it -> names(name, shortName(it), it.id()))
        .findFirst()
        .orElseThrow(() -> new ModelUnknown(name, all()));
  }

  private String all() {
    return list().data().stream().map(Model::id).collect(Collectors.joining(", "));
  }

  private static boolean names(String wanted, String name, String id) {
    return wanted.equalsIgnoreCase(name) || wanted.equals(id);
  }

  /** Without the digest: clients write the name into addresses, where a slash is not allowed. */
  static String shortName(Embedder embedder) {
    var id = embedder.id();
    int at = id.indexOf('@');
    return at < 0 ? id : id.substring(0, at);
  }
}
