package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open GGUF file, or all the parts of a split one; the tensors are mapped into memory, not read.
 * Everything the file says was checked against its length when it was opened. Closing it takes the
 * tensors away from whoever still computes with them, who then gets an {@link
 * IllegalStateException}.
 */
public final class GgufFile implements AutoCloseable {
  private final Path path;
  private final int version;
  private final long bytes;
  private final int parts;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;
  private final Arena arena;

  private GgufFile(Path path, long bytes, List<GgufPart> parts, Arena arena) {
    this.path = path;
    this.bytes = bytes;
    this.parts = parts.size();
    this.version = parts.getFirst().version();
    this.metadata = parts.getFirst().metadata();
    this.arena = arena;
    var all = new LinkedHashMap<String, GgufTensor>();
    for (var part : parts) {
      for (var tensor : part.tensors()) {
        if (all.put(tensor.name(), tensor) != null) {
          throw new EngineException.InvalidFile(
              path + ": the tensor " + tensor.name() + " is in two parts");
        }
      }
    }
    this.tensors = Collections.unmodifiableMap(all);
  }

  /**
   * Opens a file; of a split model its first part, {@code …-00001-of-0000N.gguf}.
   *
   * @throws EngineException if it cannot be read, is no sound GGUF file, or a part is missing
   */
  @SuppressWarnings("MustBeClosedChecker") // the file it returns closes the arena
  public static GgufFile open(Path path) {
    var arena = Arena.ofShared();
    try {
      var parts = new ArrayList<GgufPart>();
      long bytes = 0;
      var split = SplitName.none(path);
      int count = 1;
      for (int i = 0; i < count; i++) {
        var segment = map(split.part(i), arena);
        bytes += segment.byteSize();
        parts.add(GgufPart.parse(segment, split.part(i).toString()));
        if (i == 0) {
          split = SplitName.of(path, parts.getFirst().metadata());
          count = split.count();
        }
        split.check(i, parts.get(i));
      }
      split.checkTotal(parts);
      return new GgufFile(path, bytes, parts, arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path path, Arena arena) {
    if (Files.isDirectory(path)) {
      throw new EngineException.InvalidFile(path + " is a directory, not a GGUF file");
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (NoSuchFileException e) {
      throw new EngineException.InvalidFile("there is no file " + path, e);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  public Path path() {
    return path;
  }

  public int version() {
    return version;
  }

  /** The length of all parts together. */
  public long bytes() {
    return bytes;
  }

  /** How many files it is in. */
  public int parts() {
    return parts;
  }

  public GgufMetadata metadata() {
    return metadata;
  }

  /** All tensors in the order of the file. */
  public Collection<GgufTensor> tensors() {
    return tensors.values();
  }

  public Optional<GgufTensor> findTensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /**
   * @throws EngineException if there is none of this name
   */
  public GgufTensor tensor(String name) {
    return findTensor(name)
        .orElseThrow(() -> new EngineException.InvalidFile(path + " lacks the tensor " + name));
  }

  @Override
  public void close() {
    arena.close();
  }
}
