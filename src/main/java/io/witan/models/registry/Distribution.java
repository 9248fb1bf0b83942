package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model that lies beside the program, if there is one: it is read where it lies, and is in the
 * database only once it was activated.
 */
final class Distribution {
  static final String FILE = "models/witan-mini.gguf";
  private static final String NAME = "witan-mini";

  private static final Logger log = LoggerFactory.getLogger(Distribution.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Path> places;
  private @Nullable Seen seen;

  /**
   * @param places where it may lie, in this order
   */
  Distribution(List<Path> places) {
    this.places = List.copyOf(places);
  }

  /** The model and what its scores file says. */
  record Bundled(Path file, ModelRepository.Row row, BuiltIn known) {}

  /** What a file was when it was read, so that it is not read again before it changes. */
  private record Seen(Path file, FileTime changed, long bytes, @Nullable Bundled bundled) {}

  /** The id that a file of this content has as built-in model, and no other has. */
  static ModelId id(String sha256) {
    return new ModelId(
        UUID.nameUUIDFromBytes(("built-in " + sha256).getBytes(StandardCharsets.UTF_8)));
  }

  /** The model that lies there now; one that the engine cannot read counts as none. */
  synchronized Optional<Bundled> model() {
    var file = places.stream().filter(Files::isRegularFile).findFirst();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      var changed = Files.getLastModifiedTime(file.get());
      long bytes = Files.size(file.get());
      var known = seen;
      if (known == null
          || !known.file().equals(file.get())
          || !known.changed().equals(changed)
          || known.bytes() != bytes) {
        known = new Seen(file.get(), changed, bytes, read(file.get(), changed, bytes));
        seen = known;
      }
      return Optional.ofNullable(known.bundled());
    } catch (IOException unreadable) {
      log.warn("built-in model unreadable cause={}", unreadable.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static @Nullable Bundled read(Path file, FileTime changed, long bytes)
      throws IOException {
    try (var opened = ModelFile.open(file)) {
      var sha256 = ModelStore.sha256(file);
      var identity =
          new ModelDescription.Identity(
              id(sha256),
              NAME,
              sha256,
              bytes,
              file.getFileName().toString(),
              opened.metadata().getOrDefault("general.license", ""));
      var row = ModelDescription.row(identity, opened.inspect(), changed.toInstant());
      return new Bundled(file, row, scores(file, sha256));
    } catch (EngineException unfit) {
      log.warn("built-in model unusable cause={}", unfit.getMessage());
      return null;
    }
  }

  /** Scores of another file say nothing. */
  private static BuiltIn scores(Path file, String sha256) throws IOException {
    var unmeasured = new BuiltIn(false, List.of());
    var name = file.getFileName().toString().replaceFirst("\\.gguf$", ".scores.json");
    var path = file.resolveSibling(name);
    if (!Files.isRegularFile(path)) {
      return unmeasured;
    }
    try {
      var json = JSON.readTree(Files.readString(path));
      if (!json.path("sha256").asString("").equals(sha256)) {
        log.warn("scores of the built-in model are of another file");
        return unmeasured;
      }
      var scores = new ArrayList<BuiltIn.Score>();
      for (var rule : json.path("gate").path("rules")) {
        boolean most = rule.path("most").asBoolean(false);
        double bound = rule.path("bound").asDouble();
        double value = rule.path("value").asDouble(-1);
        boolean passed = value >= 0 && (most ? value <= bound : value >= bound);
        double quotes = rule.path("quotes").asDouble(-1);
        scores.add(
            new BuiltIn.Score(rule.path("name").asString(), most, bound, value, quotes, passed));
      }
      boolean all = !scores.isEmpty() && scores.stream().allMatch(BuiltIn.Score::passed);
      return new BuiltIn(all && json.path("gate").path("passed").asBoolean(false), scores);
    } catch (JacksonException noJson) {
      log.warn("scores of the built-in model unreadable");
      return unmeasured;
    }
  }
}
