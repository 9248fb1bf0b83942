package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufJoiner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A model in several files that lie beside each other, all of them there. */
public final class ModelParts {
  private final PartName name;
  private final List<Path> files;

  private ModelParts(PartName name, List<Path> files) {
    this.name = name;
    this.files = files;
  }

  /**
   * The parts of a model that is split as llama.cpp does it; empty if the file's name is none of a
   * part.
   *
   * @throws EngineException.InvalidFile if it is another part than the first, or one is missing
   */
  public static Optional<ModelParts> of(Path first) {
    return PartName.of(String.valueOf(first.getFileName())).map(name -> of(first, name));
  }

  private static ModelParts of(Path first, PartName name) {
    if (!name.isFirst()) {
      throw new EngineException.InvalidFile(
          "%s is part %d of %d; give the first, %s"
              .formatted(name.fileName(), name.number(), name.count(), name.part(1).fileName()));
    }
    var files =
        IntStream.rangeClosed(1, name.count())
            .mapToObj(number -> first.resolveSibling(name.part(number).fileName()))
            .toList();
    var missing =
        files.stream()
            .filter(file -> !Files.isRegularFile(file))
            .map(file -> String.valueOf(file.getFileName()))
            .toList();
    if (!missing.isEmpty()) {
      throw new EngineException.InvalidFile(
          "%s is the first of %d parts, which must lie beside each other; missing is %s%s"
              .formatted(
                  name.fileName(),
                  name.count(),
                  missing.getFirst(),
                  missing.size() == 1 ? "" : ", and " + (missing.size() - 1) + " more"));
    }
    return new ModelParts(name, files);
  }

  public PartName name() {
    return name;
  }

  /** The length of all parts together; the joined file is no more than a little shorter. */
  public long bytes() {
    long bytes = 0;
    for (var file : files) {
      bytes += sizeOf(file);
    }
    return bytes;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes one file with the tensors of all parts; the parts stay as they are. The file is there
   * whole or not at all.
   *
   * @param progress told how many bytes of tensors are written
   * @throws EngineException if the parts do not belong together, or it cannot be written
   */
  public void join(Path out, LongConsumer progress) {
    if (files.stream().anyMatch(file -> isSame(file, out))) {
      throw new EngineException.InvalidFile(out + " is one of the parts");
    }
    var passing = out.resolveSibling(out.getFileName() + ".part");
    try (var parts = GgufFile.open(files.getFirst())) {
      if (parts.parts() != name.count()) {
        throw new EngineException.InvalidFile(
            "%s says that it has no other parts, its name that there are %d"
                .formatted(name.fileName(), name.count()));
      }
      GgufJoiner.join(parts, passing, progress);
      force(passing);
      Files.move(passing, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot write " + out + ": " + e.getMessage(), e);
    } finally {
      delete(passing);
    }
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static boolean isSame(Path file, Path out) {
    try {
      return Files.exists(out) && Files.isSameFile(file, out);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + out + ": " + e.getMessage(), e);
    }
  }

  private static void delete(Path out) {
    try {
      Files.deleteIfExists(out);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot delete " + out + ": " + e.getMessage(), e);
    }
  }
}
