package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A folder as Hugging Face's libraries save models: settings, tokenizer, weights. */
final class Checkpoint implements AutoCloseable {
  private static final String ONE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final long MOST_TEXT_BYTES = 1L << 28;

  private final Path folder;
  private final Settings config;
  private final Map<String, SourceTensor> tensors = new LinkedHashMap<>();
  private final Arena arena = Arena.ofShared();

  private Checkpoint(Path folder) {
    this.folder = folder;
    this.config =
        settings("config.json")
            .orElseThrow(
                () -> new EngineException.InvalidFile(folder + " has no file config.json"));
  }

  /**
   * Opens a folder and maps its weights.
   *
   * @throws EngineException if it is none, or a file is missing or unsound
   */
  static Checkpoint open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new EngineException.InvalidFile(folder + " is no folder");
    }
    var checkpoint = new Checkpoint(folder);
    try {
      checkpoint.mapTensors();
      return checkpoint;
    } catch (RuntimeException | Error e) {
      checkpoint.close();
      throw e;
    }
  }

  private void mapTensors() {
    var index = settings(INDEX);
    if (index.isPresent()) {
      mapParts(index.get().child("weight_map"));
    } else if (Files.exists(folder.resolve(ONE))) {
      map(ONE);
    } else {
      throw new EngineException.InvalidFile(
          "%s has neither %s nor %s (files of PyTorch's are not read: they can run programs)"
              .formatted(folder, ONE, INDEX));
    }
  }

  private void mapParts(Settings weights) {
    var files = new TreeSet<String>();
    for (String tensor : weights.values().keySet()) {
      files.add(weights.findText(tensor).orElse(""));
    }
    for (String file : files) {
      if (!file.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
        throw new EngineException.InvalidFile(INDEX + " names the file “" + file + "”");
      }
      map(file);
    }
    for (String tensor : weights.values().keySet()) {
      if (!tensors.containsKey(tensor)) {
        throw new EngineException.InvalidFile(
            "the tensor %s is in %s, but not in the files it names".formatted(tensor, INDEX));
      }
    }
  }

  private void map(String file) {
    for (var tensor : SafetensorsFile.read(folder.resolve(file), arena)) {
      if (tensors.put(tensor.name(), tensor) != null) {
        throw new EngineException.InvalidFile(
            "the tensor " + tensor.name() + " comes twice in " + folder);
      }
    }
  }

  Path folder() {
    return folder;
  }

  Settings config() {
    return config;
  }

  /** All tensors by name, in the order of the files. */
  Map<String, SourceTensor> tensors() {
    return tensors;
  }

  @Nullable SourceTensor tensor(String name) {
    return tensors.get(name);
  }

  /** A JSON file of the folder, if it is there. */
  Optional<Settings> settings(String file) {
    return text(file).map(text -> Settings.parse(text, folder.resolve(file).toString()));
  }

  Optional<String> text(String file) {
    var path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      checkSize(path);
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  Optional<byte[]> bytes(String file) {
    var path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      checkSize(path);
      return Optional.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static void checkSize(Path path) throws IOException {
    if (Files.size(path) > MOST_TEXT_BYTES) {
      throw new EngineException.InvalidFile(path + " has more than 256 MB");
    }
  }

  /** Names of tensors in a message: the first few. */
  static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(names.size(), 8)))
        + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
  }

  @Override
  public void close() {
    arena.close();
  }
}
