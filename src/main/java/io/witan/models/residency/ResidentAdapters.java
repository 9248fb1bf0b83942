package io.witan.models.residency;

import io.witan.engine.EngineException;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelAdapter;
import io.witan.engine.serving.GenerationServer;
import io.witan.models.registry.RegisteredAdapter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters of a model in memory. One that is removed takes no new requests; what is being
 * written with it is finished, and then it goes.
 */
final class ResidentAdapters {
  private static final Logger log = LoggerFactory.getLogger(ResidentAdapters.class);

  private final LanguageModel model;
  private final GenerationServer server;
  private final Set<UUID> failed = new HashSet<>();

  /** By name in lower case; replaced whole. */
  private volatile Map<String, Held> held = Map.of();

  private record Held(RegisteredAdapter registered, ModelAdapter adapter) {}

  ResidentAdapters(LanguageModel model, GenerationServer server) {
    this.model = model;
    this.server = server;
  }

  /** The adapter of this name, whatever its case, if it is in memory. */
  @Nullable ModelAdapter find(String name) {
    var known = held.get(name.toLowerCase(Locale.ROOT));
    return known == null ? null : known.adapter;
  }

  /** Their names as they were given. */
  List<String> names() {
    return held.values().stream().map(each -> each.registered.name()).sorted().toList();
  }

  /** Loads what is missing and lets go of what is no longer wanted; used by one thread. */
  void follow(List<RegisteredAdapter> wanted, Function<RegisteredAdapter, Path> files) {
    var before = new HashMap<UUID, Held>();
    held.values().forEach(each -> before.put(each.registered.id(), each));
    var after = new HashMap<String, Held>();
    for (var registered : wanted) {
      var known = before.remove(registered.id());
      var next = known == null ? load(registered, files) : known;
      if (next != null) {
        after.put(registered.name().toLowerCase(Locale.ROOT), next);
      }
    }
    if (before.isEmpty() && after.keySet().equals(held.keySet())) {
      return;
    }
    held = Map.copyOf(after);
    for (var gone : before.values()) {
      server.forget(gone.adapter);
      gone.adapter.close();
      log.info("adapter let go adapterId={}", gone.registered.id());
    }
  }

  private @Nullable Held load(
      RegisteredAdapter registered, Function<RegisteredAdapter, Path> files) {
    if (!registered.present() || failed.contains(registered.id())) {
      return null;
    }
    try {
      var adapter = model.loadAdapter(files.apply(registered));
      log.info("adapter loaded adapterId={} matrices={}", registered.id(), adapter.matrices());
      return new Held(registered, adapter);
    } catch (EngineException unfit) {
      failed.add(registered.id());
      log.error("adapter not loaded adapterId={}", registered.id(), unfit);
      return null;
    }
  }
}
